import { created } from "./calls.js";
import { json, listen } from "./http.js";

/** An IAM user, as `passwordToken` takes it. */
export const account = {
  username: "alice",
  password: "planted-password-0123",
  domain: "acme",
  project: "ap-southeast-1",
};

/** A service that accepts every create, whoever asks. */
export const accepting = () => listen((_, response) => json(response, 202, created));
