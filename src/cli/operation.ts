import type { CatalogueOperation } from "../../generated/catalogue.js";
import { readEnvironment } from "../client/auth/environment.js";
import type { Outcome } from "../client/errors.js";
import type { AbortEvent } from "../client/hooks.js";
import { checkInput } from "../client/input.js";
import { outcomeSentence } from "../client/outcome.js";
import { sentences } from "../client/sentences.js";
import { checkBoth } from "./check-both.js";
import type { Command } from "./command.js";
import { commonFlags } from "./common-flags.js";
import { clientFor, targetOf } from "./connection.js";
import type { Context } from "./context.js";
import { authOf } from "./credentials.js";
import { dryRun } from "./dry-run.js";
import { type ExitCode, exitCodes } from "./exit-codes.js";
import { endingOfCall } from "./failure.js";
import { operationHelp } from "./help.js";
import { readInput } from "./input.js";
import { abortOnSignals, Interruption } from "./interrupt.js";
import { flagsOf, type OperationFlag } from "./operation-flags.js";
import { complain, formatOf, formatted, print, printResult, tell } from "./output.js";
import { isOn, parseFlags } from "./parse.js";
import { progressHooks } from "./progress.js";

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
  const environment = readEnvironment(context.env);
  const input = await readInput(operation, own, values, context.stdin);
  // Wrong input is told before missing credentials. The client checks it once more. `targetOf` checks the project.
  const target = checkBoth(
    () => targetOf(values, context.env, environment),
    () => checkInput(operationId, input, "any"),
  );
  if (isOn(values, "dry-run")) {
    await print(context, await dryRun(operation, input, target, environment, values, format));
    tell(context, "this was a dry run: nothing was sent");
    return exitCodes.done;
  }
  // Signals are handled only from here on: while the command still reads its input, the system may end it.
  const signal = abortOnSignals(context);
  const hooks = isOn(values, "verbose") ? progressHooks(context) : {};
  const client = clientFor(target, await authOf(values, environment), values, hooks);
  let outcome: Outcome = "not-sent";
  const onAbort = (event: AbortEvent) => {
    outcome = event.outcome;
  };
  let answer: unknown;
  try {
    // The client checks the input at run time, so its type is of no use here.
    answer = await client[operationId](input as never, { signal, onAbort });
  } catch (error) {
    if (error instanceof Interruption) {
      complain(context, sentences(error.message, whatIsKnown(operation, outcome, input)));
      return error.code;
    }
    const { code, message } = endingOfCall(error);
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
  return `Look in the console for a backup with the ${state.unique} ${JSON.stringify(input[state.unique])}`;
}
