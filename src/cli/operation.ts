import type { CatalogueOperation } from "../../generated/catalogue.js";
import { readEnvironment } from "../client/auth/environment.js";
import type { Outcome } from "../client/errors.js";
import { checkInput } from "../client/input.js";
import { outcomeSentence, sentences } from "../client/outcome.js";
import type { Command } from "./command.js";
import { commonFlags } from "./common-flags.js";
import { clientFor, formatOf, targetOf } from "./connection.js";
import type { Context } from "./context.js";
import { authOf } from "./credentials.js";
import { dryRun } from "./dry-run.js";
import { type ExitCode, exitCodes } from "./exit-codes.js";
import { endingFor } from "./failure.js";
import { flagsOf, type OperationFlag } from "./flags.js";
import { operationHelp } from "./help.js";
import { readInput } from "./input.js";
import { endOnSignals } from "./interrupt.js";
import { complain, formatted, print, printResult, tell } from "./output.js";
import { isOn, parseFlags } from "./parse.js";
import { followCall } from "./progress.js";

/** The command of an operation of the description. */
export function operationCommand(operation: CatalogueOperation): Command {
  const own = flagsOf(operation);
  return {
    flags: [...own, ...commonFlags],
    help: () => operationHelp(operation, own),
    run: (args, context) => runOperation(operation, own, args, context),
  };
}

async function runOperation(
  operation: CatalogueOperation,
  own: readonly OperationFlag[],
  args: readonly string[],
  context: Context,
): Promise<ExitCode> {
  const { operationId } = operation;
  const values = parseFlags(args, [...own, ...commonFlags]);
  const format = formatOf(values);
  const progress = followCall(context, isOn(values, "verbose"));
  let input: Readonly<Record<string, unknown>> = {};
  endOnSignals(context, () => whatIsKnown(operation, progress.outcome(), input));
  const environment = readEnvironment(context.env);
  input = await readInput(operation, own, values, context.stdin);
  const target = targetOf(values, context.env, environment);
  // Wrong input is told before missing credentials. The client checks it once more.
  checkInput(operationId, input, target.project_id);
  if (isOn(values, "dry-run")) {
    await print(context, await dryRun(operation, input, target, environment, values, format));
    tell(context, "this was a dry run: nothing was sent");
    return exitCodes.done;
  }
  const client = clientFor(target, await authOf(values, environment), values, progress.hooks);
  let answer: unknown;
  try {
    // The client checks the input at run time, so its type is of no use here.
    answer = await client[operationId](input as never);
  } catch (error) {
    const { code, message } = endingFor(error);
    const hint = code === exitCodes.unknown ? whatToLookFor(operation, input) : "";
    complain(context, sentences(message, hint));
    return code;
  }
  return printResult(context, () => formatted(answer, format), `${operationId} was accepted`);
}

/** What a command says that is interrupted. */
function whatIsKnown(
  operation: CatalogueOperation,
  outcome: Outcome,
  input: Readonly<Record<string, unknown>>,
): string {
  if (outcome === "refused") return "The service refused each attempt, so nothing was done";
  const hint = outcome === "unknown" ? whatToLookFor(operation, input) : "";
  return sentences(outcomeSentence(outcome, operation.method), hint);
}

/** How somebody finds out whether a create was carried out. Nothing for what is safe to repeat. */
function whatToLookFor({ state }: CatalogueOperation, input: Readonly<Record<string, unknown>>): string {
  if (state?.unique === undefined) return "";
  return `Look in the console for the ${state.unique} ${JSON.stringify(input[state.unique])}`;
}
