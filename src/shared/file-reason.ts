import { textOf } from "../client/untrusted.js";

/** A file that is mounted by itself cannot be replaced by another one. */
export const mountedByItself = "it is mounted by itself. Mount its folder in its place";

const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission is denied",
  EPERM: "permission is denied",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EFBIG: "the file would be too large",
  EBUSY: mountedByItself,
  EISDIR: "it is a folder",
  ENOTDIR: "a part of its path is not a folder",
  ELOOP: "its symbolic links lead in a circle",
  ENAMETOOLONG: "its name is too long",
};

/**
 * Why the file system refused something, in words that follow "cannot be read: ".
 * @param absent what it means that there is no such file
 * @returns undefined for what is not an error of the system
 */
export function fileReason(error: unknown, absent: string): string | undefined {
  const code = textOf(error, "code");
  if (code === undefined) return undefined;
  return code === "ENOENT" ? absent : (reasons[code] ?? code);
}
