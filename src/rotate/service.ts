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

/** A service as the state names it. */
export interface ServiceName {
  /** The URL, in the one spelling that every way to write it comes to. */
  readonly baseUrl: string;
  readonly project_id: string;
}

/**
 * The name of a service.
 * @throws {TypeError} that names the option and what is allowed
 */
export function nameOf(service: RotationService): ServiceName {
  if (typeof service !== "object" || service === null) {
    throw new TypeError(
      "rotate: option service must be the options of the client: project_id, and region or baseUrl. The state names them",
    );
  }
  // Only these are read, so that all options of the client can be given.
  const { project_id, region, baseUrl, allowInsecure } = service;
  const fault = typeof project_id === "string" ? projectFault(project_id) : "must be a string";
  if (fault !== undefined) throw new TypeError(`rotate: option service.project_id ${fault}`);
  const option = { region: "rotate: option service.region", url: "service.baseUrl" };
  const url =
    baseUrl === undefined
      ? regionalUrl(region, "api", option)
      : checkUrl("rotate: option service.baseUrl", baseUrl, allowInsecure);
  return { baseUrl: url, project_id };
}
