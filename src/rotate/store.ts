/** Where the state of a rotation is kept. `fileStore` is one; a program can bring another, such as an object in a bucket. */
export interface RotationStore {
  /** What messages call it, such as the path of the file. */
  readonly name: string;
  /**
   * Keeps every other run away until the lock is released.
   * @throws {LockedError} when another run holds it; it must not wait for that run
   */
  lock(): Promise<RotationLock>;
  /**
   * Fails as `lock` or `write` would fail now, and changes nothing. `planRotation` calls it. Without it, a plan does not find these errors.
   * @throws {LockedError | StateError}
   */
  check?(): Promise<void>;
  /** The text that was written last; undefined before the first time. */
  read(): Promise<string | undefined>;
  /** Replaces the text as a whole: after a crash at any moment, either the old or the new one is there. */
  write(text: string): Promise<void>;
}

/** The right to be the only run. */
export interface RotationLock {
  /** Gives it back. What it throws is ignored: what the run did matters more. */
  release(): Promise<void>;
}
