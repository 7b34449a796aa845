import { checkUrl, regionalUrl } from "../client/base-url.js";
import { projectFault } from "../client/input.js";

/** Which project of which service a client calls: those of its options that say so. */
export interface RotationService {
  /** The project of the client. */
  readonly project_id: string;
  /** The region of the client, if no `baseUrl` wins over it. */
  readonly region?: string | undefined;
  /** The URL that the client calls in place of the region's. */
  readonly baseUrl?: string | undefined;
  /** Whether the client may call plain http on another machine. */
  readonly allowInsecure?: boolean | undefined;
}

/** What tells a service and its project from every other. The state names it. */
export interface ServiceIdentity {
  /** The URL, in the one spelling that every way to write it comes to. */
  readonly baseUrl: string;
  readonly project_id: string;
}

/** @throws {TypeError} that names the option and what is allowed */
export function checkService(service: RotationService): void {
  if (typeof service !== "object" || service === null) {
    throw new TypeError(
      "rotate: option service must be the options of the client: project_id, and region or baseUrl. The state names them",
    );
  }
  const { project_id } = service;
  const fault = typeof project_id === "string" ? projectFault(project_id) : "must be a string";
  if (fault !== undefined) throw new TypeError(`rotate: option service.project_id ${fault}`);
  checkedUrl(service);
}

/** @param service one that was checked */
export function identify(service: RotationService): ServiceIdentity {
  return { baseUrl: checkedUrl(service), project_id: service.project_id };
}

/** Only these options are read, so that all of the client can be given. */
function checkedUrl({ region, baseUrl, allowInsecure }: RotationService): string {
  if (baseUrl !== undefined) return checkUrl("rotate: option service.baseUrl", baseUrl, allowInsecure);
  return regionalUrl(region, "api", { region: "rotate: option service.region", url: "service.baseUrl" });
}
