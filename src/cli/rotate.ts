import { type CatalogueOperation, catalogue } from "../../generated/catalogue.js";
import { readEnvironment } from "../client/auth/environment.js";
import { ValidationError } from "../client/errors.js";
import { invalid } from "../client/input.js";
import { sentences } from "../client/sentences.js";
import { fileStore, planRotation, type RotateOptions, type Rotation, RotationError, rotate } from "../rotate/index.js";
import { checkOptions, defaultDescription } from "../rotate/options.js";
import { OptionError } from "../shared/option-error.js";
import { checkBoth } from "./check-both.js";
import type { Command } from "./command.js";
import { commonFlags } from "./common-flags.js";
import { clientFor, type Target, targetOf } from "./connection.js";
import type { Context } from "./context.js";
import { authForDryRun, authOf } from "./credentials.js";
import { aboutFlag, UsageError } from "./errors.js";
import { type ExitCode, exitCodes } from "./exit-codes.js";
import type { Ending } from "./failure.js";
import { type Flag, filePlaceholder } from "./flag.js";
import { commonFlagSections, exitCodeSection, flagList, jsonSection, sections, usageLine } from "./help.js";
import { readInput } from "./input.js";
import { abortOnSignals } from "./interrupt.js";
import { wrap } from "./layout.js";
import { flagsOf, type OperationFlag } from "./operation-flags.js";
import { complain, type Format, formatOf, print, printResult, tell } from "./output.js";
import { isOn, numberOf, parseFlags, requireFlags, type Values } from "./parse.js";
import { progressHooks } from "./progress.js";
import { endingForRotation, hintForFullAccount } from "./rotation-ending.js";
import {
  formattedPlan,
  formattedRotation,
  idToFillIn,
  type Listing,
  planSummary,
  possibilities,
  summary,
} from "./rotation-output.js";

const createOperation = operationOf("createManualBackup");

/** What the backups are made with, in the words of the operation that makes them. */
const backupFlags: readonly OperationFlag[] = flagsOf(createOperation)
  .filter(({ wireName }) => wireName === "instance_id" || wireName === "description" || wireName === "database_tables")
  .map((flag) =>
    flag.wireName === "description"
      ? { ...flag, about: `The description of each backup; default: "${defaultDescription}".`, isRequired: false }
      : flag,
  );

const rotateFlags: readonly Flag[] = [
  {
    name: "name-prefix",
    placeholder: "TEXT",
    about: "How the names of the backups begin. The date and time follow.",
    isRequired: true,
  },
  {
    name: "keep",
    placeholder: "N",
    about:
      "How many backups to keep, the new one included, 1 or more. A backup that is unknown, or whose delete failed, is not counted.",
    isRequired: true,
  },
  {
    name: "state",
    placeholder: filePlaceholder,
    about:
      "The file that lists the backups of this rotation: it deletes no others. The first run makes the file. It belongs to one service, project, instance and prefix.",
    isRequired: true,
  },
  {
    name: "quiet",
    about: "Print no summary after a success. A backup that may exist is still named.",
  },
  {
    name: "delete-anyway",
    about:
      "Delete surplus backups even if no new backup could be made, except where the service was not reached, or credentials are missing or not accepted.",
  },
  {
    name: "found",
    placeholder: "NAME=ID",
    about:
      "What you found out about a backup that is listed as unknown: its ID, or `none` if it does not exist. Several are separated by commas.",
  },
];

const flags = [...backupFlags, ...rotateFlags, ...commonFlags];

/** The command `rotate`: makes a backup, and deletes those of its own that are too many. */
export const rotateCommand: Command = { flags, help, run };

async function run(args: readonly string[], context: Context): Promise<ExitCode> {
  const values = parseFlags(args, flags);
  const format = formatOf(values);
  const environment = readEnvironment(context.env);
  const target = checkBoth(
    () => targetOf(values, context.env, environment),
    () => requireFlags(values, flags),
  );
  const options = await optionsOf(values, context, target);
  // Wrong input is told before missing credentials. `rotate` checks it once more.
  await inFlagNames(async () => checkOptions(options));
  if (isOn(values, "dry-run")) {
    // What a run would refuse is refused here, too.
    clientFor(target, await authForDryRun(values, environment), values, {});
    return plan(options, context, format, isOn(values, "quiet"));
  }
  // Signals are handled only from here on: while the command still reads its input, the system may end it.
  const signal = abortOnSignals(context);
  const hooks = isOn(values, "verbose") ? progressHooks(context) : {};
  const client = clientFor(target, await authOf(values, environment), values, hooks);
  try {
    const rotation = await inFlagNames(() => rotate(client, { ...options, signal }));
    if (!isOn(values, "quiet")) tell(context, summary(rotation));
    return await printRotation(context, rotation, format, "the state lists what was done");
  } catch (error) {
    if (!(error instanceof RotationError)) return fail(context, endingForRotation(error, signal));
    tell(context, summary(error.rotation));
    const printed = await printRotation(context, error.rotation, format, "this was done");
    const { code, message } = endingForRotation(error, signal, printed === exitCodes.done);
    const hint = hintForFullAccount(error, createOperation, options);
    return fail(context, { code, message: sentences(message, hint) });
  }
}

/** Shows what a rotation would do. */
async function plan(options: RotateOptions, context: Context, format: Format, isQuiet: boolean): Promise<ExitCode> {
  try {
    const planned = await inFlagNames(() => planRotation(options));
    if (!isQuiet) tell(context, planSummary(planned));
    tellPossibilities(context, planned);
    await print(context, formattedPlan(planned, format));
  } catch (error) {
    return fail(context, endingForRotation(error));
  }
  if (!isQuiet) tell(context, "this was a dry run: nothing was sent, and the state was not changed");
  return exitCodes.done;
}

function fail(context: Context, { code, message }: Ending): ExitCode {
  complain(context, message);
  return code;
}

/**
 * @param values with every flag that is required
 * @throws {UsageError} that names the flag which is wrong
 */
async function optionsOf(values: Values, { stdin }: Context, service: Target): Promise<RotateOptions> {
  const input = await readInput(createOperation, backupFlags, values, stdin);
  return {
    service,
    // `rotate` checks what the flags gave. What stands behind `??` is for the compiler: a missing flag was refused above.
    ...(input as Pick<RotateOptions, "instance_id" | "description" | "database_tables">),
    namePrefix: values.get("name-prefix") ?? "",
    keep: numberOf(values, "keep") ?? 0,
    store: fileStore(values.get("state") ?? ""),
    deleteAnyway: isOn(values, "delete-anyway"),
    found: foundOf(values.get("found")),
  };
}

/** Reads `NAME=ID,NAME=none`. */
function foundOf(text: string | undefined): Record<string, string> {
  const found = new Map<string, string>();
  for (const pair of text?.split(",") ?? []) {
    const [name, id, ...others] = pair.split("=").map((part) => part.trim());
    if (!name || !id || others.length > 0) {
      throw new UsageError(
        "--found must be NAME=ID, or NAME=none for a backup that does not exist; several are separated by commas",
      );
    }
    if (id.toUpperCase() === idToFillIn)
      throw new UsageError(`--found: put the ID of the backup in the place of ${idToFillIn}`);
    if (found.has(name)) throw new UsageError("--found names one backup twice");
    found.set(name, id);
  }
  return Object.fromEntries(found);
}

/** Does something with the options. What is wrong with them is said in the names of the flags. */
async function inFlagNames<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (ValidationError.is(error)) {
      throw invalid(
        "rotate",
        error.issues.map((issue) => (issue.path === "namePrefix" ? { ...issue, path: "name_prefix" } : issue)),
      );
    }
    throw error instanceof OptionError ? aboutFlag(error) : error;
  }
}

/** The result on standard output, and for people a sentence about each backup that may exist. */
function printRotation(context: Context, rotation: Rotation, format: Format, subject: string): Promise<ExitCode> {
  tellPossibilities(context, rotation);
  return printResult(context, () => formattedRotation(rotation, format), subject);
}

function tellPossibilities(context: Context, listing: Listing): void {
  for (const possibility of possibilities(listing)) tell(context, possibility);
}

function help(): string {
  return sections(
    usageLine("rotate", flags),
    wrap(
      "Makes a backup, then deletes the oldest backups that it made earlier, until --keep of them are left, the new one included. If the create fails, it only deletes what an earlier run had chosen already, unless --delete-anyway is set. The last backup is never deleted.",
    ),
    wrap(
      `Each step is recorded in the state file before and after it. If the process is killed or a response is lost, the backup that may exist is listed as unknown, and every run names it until --found says what became of it. A delete that failed is repeated by the next run. Two runs with one state file exclude each other: the second ends with ${exitCodes.tryLater}.`,
    ),
    `Flags\n${flagList([...backupFlags, ...rotateFlags])}`,
    jsonSection,
    commonFlagSections,
    exitCodeSection,
    `Example
  geminidb-backup rotate \\
    --instance-id ${exampleInstance()} \\
    --name-prefix nightly \\
    --keep 12 \\
    --state nightly.json`,
  );
}

function exampleInstance(): unknown {
  return createOperation.parameters.find(({ name }) => name === "instance_id")?.example;
}

function operationOf(operationId: CatalogueOperation["operationId"]): CatalogueOperation {
  const operation = catalogue.operations.find((one) => one.operationId === operationId);
  if (!operation) throw new Error(`the description has no operation ${operationId}`);
  return operation;
}
