import { type Failure, failuresOf } from "../description/failures.js";
import { type Operation, operationsOf } from "../description/operations.js";
import type { Spec } from "../description/spec.js";
import type { Assets } from "./assets.js";
import type { CommandHelp } from "./command-help.js";
import { contentsOf } from "./contents.js";
import type { DocumentedType } from "./documented-types.js";
import { failureBodies } from "./failures.js";
import { allGuides, type Guide, type Guides } from "./guides.js";
import { type Html, html, slug, trusted } from "./html.js";
import { Renderer, type Targets } from "./markdown.js";
import type { Samples } from "./samples.js";
import { commandLineSection } from "./view/command-line.js";
import { contents } from "./view/contents.js";
import { credentialsSection } from "./view/credentials.js";
import { errorCodesSection } from "./view/error-codes.js";
import { firstScreen } from "./view/first-screen.js";
import { headOf } from "./view/head.js";
import { hostsSection } from "./view/hosts.js";
import { operationSection } from "./view/operation.js";
import { optionsSection } from "./view/options.js";

export interface Content {
  /** With its references followed. */
  description: Spec;
  guides: Guides;
  samples: Samples;
  commands: readonly CommandHelp[];
  types: readonly DocumentedType[];
}

/** The page: the whole reference and all guides as static HTML, complete without JavaScript. */
export function page(
  { description, guides, samples, commands, types }: Content,
  assets: Assets,
  address: URL | undefined,
): string {
  const operations = operationsOf(description);
  const failures = failuresOf(operations);
  const bodies = failureBodies(operations);
  const renderer = new Renderer(targetsOf(operations, failures, [...bodies.keys()], guides, samples));
  const guide = (one: Guide) => guideSection(one, renderer);
  const main = html`${firstScreen(description, operations, samples, renderer)}
${guides.first.map(guide)}
${operations.map((operation) => operationSection(operation, failures, samples, renderer))}
${errorCodesSection(failures, operations.length, bodies, renderer)}
${hostsSection(description, renderer)}
${credentialsSection(description, renderer)}
${guides.further.map(guide)}
${commandLineSection(commands)}
${optionsSection(types, renderer)}
${guides.records.map(guide)}`;
  return `${html`<!DOCTYPE html>
<html lang="en">
<head>
${headOf(description, operations, assets, address)}
</head>
<body>
<a class="skip" href="#top">Skip to the content</a>
<header class="bar">
<button type="button" class="menu" popovertarget="contents">Contents</button>
<a class="brand" href="#top">${description.info.title} <span>${description.info.version}</span></a>
<a class="other" href="redoc.html">Redoc view</a>
<div id="tools"></div>
</header>
${contents(contentsOf(operations, guides))}
<main>
${main}
</main>
<script>${trusted(assets.script)}</script>
</body>
</html>
`}`;
}

/** Words that are no heading of the first guides → the heading that explains them. */
const explainedElsewhere: Readonly<Record<string, string>> = {
  token: "#authentication-with-a-password",
  "access key pair": "#authentication-with-an-access-key-pair",
};

/** What texts may point to: operations, error codes, bodies, the words of headings in the first guides, and files. */
function targetsOf(
  operations: Operation[],
  failures: Failure[],
  bodies: string[],
  guides: Guides,
  samples: Samples,
): Targets {
  const names = [...operations.map(({ operationId }) => operationId), ...failures.map(({ name }) => name), ...bodies];
  const codes = new Map(names.map((name) => [name, `#${name}`]));
  const terms = new Map(Object.entries(explainedElsewhere).map(([word, address]) => [slug(word), address]));
  for (const { id, text } of guides.first) {
    for (const [, heading = ""] of text.matchAll(/^##+ (.*)$/gm)) terms.set(slug(heading), `#${id}-${slug(heading)}`);
  }
  const files = new Map(allGuides(guides).map(({ file, id }) => [file, `#${id}`]));
  files.set("generated/reference.md", "#top");
  return { codes, terms, files, samples };
}

function guideSection({ id, title, text, file }: Guide, renderer: Renderer): Html {
  return html`<section class="guide" aria-labelledby="${id}">
<h2 id="${id}"><a href="#${id}">${title}</a></h2>
${renderer.block(text, { file, id })}</section>\n`;
}
