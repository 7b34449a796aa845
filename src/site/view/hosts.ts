import { regionsOf } from "../../description/servers.js";
import type { Server, Spec } from "../../description/spec.js";
import { type Html, html } from "../html.js";
import { breakable, type Place, type Renderer } from "../markdown.js";
import { table } from "./table.js";

const place: Place = { file: "generated/openapi.json", id: "servers" };

/** The hosts of the service and of the identity service, region by region, and what else a host may be. */
export function hostsSection({ servers }: Spec, renderer: Renderer): Html {
  const regions = servers.flatMap(hostsOf);
  const others = servers.filter((server) => regionsOf(server).length === 0);
  const rows = regions.map(({ region, host, iam }) => ({
    id: `region-${region}`,
    cells: [html`<code>${region}</code>`, breakable(host), breakable(iam)],
  }));
  const columns = ["Region", "Service", "IAM, for tokens"];
  return html`<section aria-labelledby="servers">
<h2 id="servers"><a href="#servers">Hosts and regions</a></h2>
<p>The instance, the project and the token belong to one region, and so does the host. Regions are added from time to time, so you can also call a host that is not listed.</p>
${table("Hosts by region", columns, rows)}
${others.map(({ url, description }) => renderer.block(`\`${url}\`: ${description}`, place))}
</section>\n`;
}

function hostsOf(server: Server) {
  // The generator refuses regions without an x-iam.
  const { url, "x-iam": iam = "" } = server;
  return regionsOf(server).map((region) => ({
    region,
    host: url.replace("{region}", region),
    iam: iam.replace("{region}", region),
  }));
}
