import { createHash } from "node:crypto";
import type { Operation } from "../../description/operations.js";
import type { Spec } from "../../description/spec.js";
import type { Assets } from "../assets.js";
import { type Html, html, trusted } from "../html.js";

/** The head of the page. `address` is where it will be published, if that is known. */
export function headOf({ info }: Spec, operations: Operation[], assets: Assets, address: URL | undefined): Html {
  const data = linkedData(info, operations, address);
  return html`<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(assets, data)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${info.title}</title>
<meta name="description" content="${info.summary}">
<meta name="color-scheme" content="light dark">
<meta property="og:type" content="website">
<meta property="og:title" content="${info.title}">
<meta property="og:description" content="${info.summary}">
<meta name="twitter:card" content="summary">
${address && html`<meta property="og:url" content="${address.href}">\n<link rel="canonical" href="${address.href}">\n`}<link rel="icon" href="data:,">
<link rel="alternate" type="text/markdown" href="reference.md">
<style>${trusted(assets.style)}</style>
<script>${trusted(assets.early)}</script>
<script type="application/ld+json">${trusted(data)}</script>`;
}

/** Nothing is loaded from anywhere, and only the form that tries a call may reach anything: a port of this machine. */
function policy({ style, early, script }: Assets, data: string): string {
  return [
    "default-src 'none'",
    `script-src ${policyHash(early)} ${policyHash(script)} ${policyHash(data)}`,
    `style-src ${policyHash(style)}`,
    "img-src data:",
    "connect-src http://127.0.0.1:*",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

/** https://schema.org, for search engines. */
function linkedData(info: Spec["info"], operations: Operation[], address: URL | undefined): string {
  const article = {
    "@context": "https://schema.org",
    "@type": ["APIReference", "TechArticle"],
    name: info.title,
    headline: info.title,
    description: info.summary,
    version: info.version,
    inLanguage: "en",
    ...(address && { url: address.href }),
    hasPart: operations.map(({ operationId, summary }) => ({
      "@type": "APIReference",
      name: summary,
      ...(address && { url: new URL(`#${operationId}`, address).href }),
    })),
  };
  // "<" could end the element.
  return JSON.stringify(article).replaceAll("<", "\\u003c");
}

/** How a policy names an inline script or style. */
function policyHash(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
