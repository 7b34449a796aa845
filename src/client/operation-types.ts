import type { OperationId, OperationTypes, WholeBodyId } from "../../generated/operations.js";

/** What an operation takes: its parameters and the properties of its request body, in one object. */
export type Input<Id extends OperationId, Known extends PropertyKey = never> = Flatten<
  Lenient<Preset<ParametersOf<Id>, Known> & BodyOf<Id>>
>;

/** The body of an operation's successful response. Undefined for an operation that answers without a body. */
export type Output<Id extends OperationId> = SuccessOf<OperationTypes[Id]["responses"]>;

/** The parameters of an operation, wherever they travel. */
type ParametersOf<Id extends OperationId> = OperationTypes[Id]["parameters"] extends infer Places
  ? GroupOf<Places, "path"> & GroupOf<Places, "query"> & GroupOf<Places, "header">
  : never;

/** The parameters in one place. `unknown`, which adds nothing, where there are none. */
type GroupOf<Places, Place extends PropertyKey> = Place extends keyof Places
  ? [Places[Place]] extends [undefined]
    ? unknown
    : NonNullable<Places[Place]>
  : unknown;

/**
 * The properties of an operation's request body, or the body as a whole under the key `body`. `unknown`, which adds nothing,
 * where it has none.
 */
type BodyOf<Id extends OperationId> = OperationTypes[Id] extends { requestBody?: infer Body }
  ? [Body] extends [undefined]
    ? unknown
    : Id extends WholeBodyId
      ? WholeBody<Id, JsonOf<NonNullable<Body>>>
      : JsonOf<NonNullable<Body>>
  : unknown;

/** A body under its key, which may be left out where the body may. */
type WholeBody<Id extends OperationId, Json> =
  object extends Pick<OperationTypes[Id], "requestBody" & keyof OperationTypes[Id]> ? { body?: Json } : { body: Json };

/** The JSON of a request body or a response, under whichever media type. Undefined for a response without one. */
type JsonOf<Message> = Message extends { content: infer Content }
  ? Content[keyof Content & `${string}json${string}`]
  : undefined;

/** The JSON of those responses whose status is 2xx. */
type SuccessOf<Responses> = {
  [Status in keyof Responses]: `${Status & number}` extends `2${string}` ? JsonOf<Responses[Status]> : never;
}[keyof Responses];

/** The same properties, those that the client knows already being optional. */
type Preset<Values, Known extends PropertyKey> = Omit<Values, Known> &
  Partial<Pick<Values, Extract<Known, keyof Values>>>;

/** The same value, also from read-only arrays, and with `undefined` wherever a property may be absent. */
export type Lenient<Value> = Value extends readonly (infer Item)[]
  ? readonly Lenient<Item>[]
  : Value extends object
    ? { [Key in keyof Value]: Lenient<Value[Key]> | UndefinedIfOptional<Value, Key> } & {}
    : Value;

/** `undefined` for a property that may be absent. */
type UndefinedIfOptional<Value, Key extends keyof Value> = object extends Pick<Value, Key> ? undefined : never;

/** An intersection as one object type, so that an editor shows its properties. */
type Flatten<Value> = { [Key in keyof Value]: Value[Key] } & {};
