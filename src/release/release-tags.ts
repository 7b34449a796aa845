import { Problem } from "../shared/problem.js";
import { root } from "../tools/project.js";
import { run } from "../tools/run.js";

/**
 * Whether any version was tagged. A tag is what starts a release, and nothing else in the repository tells a version that is
 * published from one that is about to be.
 * @param folder a clone of the repository
 * @throws {Problem} when a remote has a tag that the clone lacks, or cannot be asked: the next release would be taken for the
 *   first one, and would be compared with nothing
 */
export async function hasRelease(folder = root): Promise<boolean> {
  const tags = lines(await run("git", ["tag", "--list", "v*"], { cwd: folder }));
  for (const remote of lines(await run("git", ["remote"], { cwd: folder }))) {
    const missing = (await tagsOf(remote, folder)).filter((tag) => !tags.includes(tag));
    if (missing.length > 0) {
      throw new Problem(
        `The remote ${remote} has the tags ${missing.join(", ")}, which are missing here. Run \`git fetch --tags\`.`,
      );
    }
  }
  return tags.length > 0;
}

async function tagsOf(remote: string, folder: string): Promise<string[]> {
  try {
    // Without --refs, an annotated tag is listed twice. Each line is a hash and the name.
    const listed = lines(await run("git", ["ls-remote", "--tags", "--refs", remote, "v*"], { cwd: folder }));
    return listed.map((line) => line.replace(/^.*\trefs\/tags\//, ""));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Problem(
      `The remote ${remote} cannot be asked for its tags, so nobody knows whether a version was released. ${error.message}`,
      { cause: error },
    );
  }
}

function lines(output: string): string[] {
  return output.split("\n").filter((line) => line !== "");
}
