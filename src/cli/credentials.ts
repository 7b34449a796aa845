import { constants } from "node:fs";
import { tokenRequest } from "../../generated/operations.js";
import { accessKey } from "../client/auth/access-key.js";
import { isVisibleAscii } from "../client/auth/credential.js";
import type { EnvironmentContents } from "../client/auth/environment.js";
import { instanceCredentials } from "../client/auth/instance.js";
import type { Auth } from "../client/auth/types.js";
import { CredentialsError, UsageError } from "./errors.js";
import { isNameOfFile, notNameOfFile, openRegularFile, readText } from "./file.js";
import type { Values } from "./parse.js";

/** The longest token that the gateway accepts. */
const longestToken = { bytes: tokenRequest.maxBytes, words: `${tokenRequest.maxBytes / 1024} kB` };
/** The permissions of a file that let others than its owner read it. */
const readableByOthers = constants.S_IRGRP | constants.S_IROTH;

/**
 * The credentials, from wherever the flags say.
 * @throws {UsageError | CredentialsError} in one sentence that says what is missing or wrong, and shows no credential
 */
export async function authOf(values: Values, environment: EnvironmentContents): Promise<Auth> {
  const auth = await readCredentials(values, environment);
  if (auth !== undefined) return auth;
  throw new CredentialsError(
    `missing in the environment: ${environment.missing.credentials}. Set them, or give --token-file FILE or --auth instance`,
  );
}

/**
 * The credentials, or placeholders where they would come from the cloud server: asking it for its keys is a request.
 * @throws {UsageError | CredentialsError} in one sentence that says what is wrong, and shows no credential
 */
export async function authForDryRun(values: Values, environment: EnvironmentContents): Promise<Auth> {
  const auth = await readCredentials(values, environment);
  if (auth === undefined) return "none";
  if (values.get("auth") !== "instance") return auth;
  return accessKey({ ak: "none", sk: "none", securityToken: "none" });
}

/**
 * Where the credentials come from: a token file, the agency of the cloud server, or the environment. Never from a flag, because
 * everybody on the machine can read the arguments of a program.
 * @param environment what the environment has
 * @returns undefined when there are none
 */
async function readCredentials(values: Values, { credentials }: EnvironmentContents): Promise<Auth | undefined> {
  const source = values.get("auth");
  const file = values.get("token-file");
  if (source !== undefined && source !== "environment" && source !== "instance") {
    throw new UsageError("--auth must be environment or instance");
  }
  if (file !== undefined && source !== undefined) {
    throw new UsageError("--token-file and --auth say different things about the credentials. Give one of them");
  }
  if (file !== undefined) {
    // Read now, so that a fault of the file is told before anything else is done.
    await readToken(file);
    // Read again when it is used, because a file may be renewed while a call is repeated.
    return () => readToken(file);
  }
  return source === "instance" ? instanceCredentials() : fromEnvironment(credentials);
}

function fromEnvironment(credentials: EnvironmentContents["credentials"]): Auth | undefined {
  try {
    return credentials?.();
  } catch (error) {
    if (error instanceof TypeError) throw new CredentialsError(`the environment: ${error.message}`);
    throw error;
  }
}

async function readToken(name: string): Promise<string> {
  if (!(await isNameOfFile(name))) throw new CredentialsError(`--token-file: ${notNameOfFile("token")}`);
  const fault = (reason: string) => new CredentialsError(`--token-file: the file ${name} ${reason}`);
  const file = await openRegularFile(name, fault);
  try {
    // The mode of the open file: another file may have taken the name since.
    const { mode } = await file.stat();
    // Windows has no such permissions.
    if (process.platform !== "win32" && (mode & readableByOthers) !== 0) {
      throw new CredentialsError(
        `--token-file: others than the owner can read ${name}, so it is not used. Run chmod 600 on it`,
      );
    }
    const text = await readText(file.createReadStream({ autoClose: false }), fault, longestToken);
    const token = text.trim();
    if (isVisibleAscii(token)) return token;
  } finally {
    await file.close();
  }
  throw new CredentialsError(`--token-file: ${name} must hold one token and nothing else`);
}
