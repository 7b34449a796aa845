import { relative } from "node:path";
import ts from "typescript";
import { root } from "../tools/project.js";
import { options } from "./declarations.js";

/**
 * What the compiler says to samples of the last release, with the types in `dist`. They hold what it cannot compare by itself:
 * generic functions such as `createClient`.
 * @param files the paths of the samples
 * @returns a sentence for each fault
 */
export function brokenSamples(files: readonly string[]): string[] {
  const program = ts.createProgram(files, options);
  const diagnostics = files.flatMap((file) => {
    const source = program.getSourceFile(file);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  });
  return diagnostics.map(sentenceOf);
}

function sentenceOf({ file, start = 0, messageText }: ts.Diagnostic): string {
  const text = ts.flattenDiagnosticMessageText(messageText, " ");
  if (file === undefined) return text;
  const line = file.getLineAndCharacterOfPosition(start).line + 1;
  return `${relative(root, file.fileName)}:${line}: ${text}`;
}
