import { textOf } from "../client/untrusted.js";

/**
 * How a system says that it does not do something to a file: a file system such as `vfat` knows no modes and owners, some network
 * file systems cannot write a folder through to the disk, and a container may not know a user or a group.
 */
const refusals = new Set(["EPERM", "EINVAL", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"]);

/**
 * Changes a file in a way that not every system supports.
 * @returns whether this one does
 */
export async function whereSupported(change: () => Promise<void>): Promise<boolean> {
  try {
    await change();
    return true;
  } catch (error) {
    if (refusals.has(textOf(error, "code") ?? "")) return false;
    throw error;
  }
}
