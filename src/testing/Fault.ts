/**
 * Faults as data: what the simulated service, or the way to it, does wrong, to which request, and at which moment of it.
 *
 * A {@link Fault} is plain JSON, so that a plan of faults can be stored, generated and shrunk. The same fault acts in process and
 * on a socket: in process it raises what undici raises on the socket.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import { type EndpointId as AnyEndpointId, isEndpointId } from "./internal/routes.js"

const Count = Schema.Int.pipe(Schema.positive())
const Natural = Schema.Int.pipe(Schema.nonNegative())
const Millis = Schema.Number.pipe(Schema.finite(), Schema.nonNegative())

/**
 * The id of an endpoint of the service, such as `patients.list`. Some, such as `patients.get`, are endpoints of both generations.
 *
 * @since 0.1.0
 * @category models
 */
export type EndpointId = AnyEndpointId

/**
 * @since 0.1.0
 * @category schemas
 */
export const EndpointId: Schema.Schema<EndpointId> = Schema.declare((id): id is EndpointId => typeof id === "string" && isEndpointId(id), {
  identifier: "EndpointId"
})

/**
 * The requests that a fault strikes. What is left out matches every request.
 *
 * @since 0.1.0
 * @category schemas
 */
export const Match = Schema.Struct({
  endpoint: Codecs.optional(EndpointId),
  /** Requests to one generation of the API. */
  generation: Codecs.optional(Schema.Literal("v8", "v1")),
  method: Codecs.optional(Schema.Literal("GET", "POST", "PUT", "PATCH", "DELETE")),
  /** The patient in the path. */
  patient: Codecs.optional(Schema.NonEmptyString),
  /** The page of a numbered list, from 0. */
  page: Codecs.optional(Natural),
  /** Requests that carry the n-th token that was given out, from 1. */
  token: Codecs.optional(Count),
  /** The first of the matching requests to be struck, from 1. */
  nth: Codecs.optional(Count),
  /** How many requests are struck: one unless said, every one where `probability` or `forMillis` is given. */
  times: Codecs.optional(Schema.Union(Count, Schema.Literal("always"))),
  /** Strikes no more once so much time has passed since the first request that it struck: an outage. */
  forMillis: Codecs.optional(Millis),
  /** Strikes this share of the matching requests, decided by the simulator's seed. */
  probability: Codecs.optional(Schema.Number.pipe(Schema.between(0, 1)))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface Match extends Schema.Schema.Type<typeof Match> {}

/**
 * The moment of a request at which a fault acts: before the service looks at it (`accept`), after the service has done its work but
 * before the answer begins (`beforeHeaders`), inside the answer's body, or behind it (`afterEnd`).
 *
 * A fault at `accept` leaves no trace in the service's data; one at `beforeHeaders` leaves a write applied and its answer lost.
 *
 * @since 0.1.0
 * @category schemas
 */
export const At = Schema.Union(Schema.Literal("accept", "beforeHeaders", "afterEnd"), Schema.Struct({ afterBytes: Natural }))
/**
 * @since 0.1.0
 * @category models
 */
export type At = typeof At.Type

/**
 * How long to leave the server alone: seconds, a date so many seconds after the service's own, or any text, however odd.
 *
 * @since 0.1.0
 * @category schemas
 */
export const RetryAfter = Schema.Union(Schema.Number, Schema.Struct({ dateInSeconds: Schema.Number }), Schema.String)
/**
 * @since 0.1.0
 * @category models
 */
export type RetryAfter = typeof RetryAfter.Type

const HeaderText = Schema.String.pipe(Schema.pattern(/^[\t\x20-\x7e\x80-\xff]*$/))
const HeaderName = Schema.String.pipe(Schema.pattern(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/))
const Headers = Schema.Record({ key: HeaderName, value: Schema.Union(HeaderText, Schema.Array(HeaderText)) })

const Status = Schema.Int.pipe(Schema.between(200, 599))
const Base64 = Schema.String.pipe(Schema.pattern(/^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/))

/** A place in a JSON body, such as `/content/3/id`. A `*` stands for every item of a list or every key of an object. */
const Pointer = Schema.String.pipe(Schema.pattern(/^(\/[^/]+)+$/))

/**
 * What goes wrong.
 *
 * @since 0.1.0
 * @category schemas
 */
export const Action = Schema.Union(
  /** Another answer. A text is sent as it is, anything else as JSON, nothing as an empty body. */
  Schema.TaggedStruct("Status", {
    status: Status,
    headers: Codecs.optional(Headers),
    body: Codecs.optional(Schema.Unknown),
    retryAfter: Codecs.optional(RetryAfter)
  }),
  /** The service's answer with another status. */
  Schema.TaggedStruct("SetStatus", { status: Status }),
  /** More headers, or other ones, on the service's answer. */
  Schema.TaggedStruct("SetHeaders", { headers: Headers }),
  /** The right status with another body: a text as it is, anything else as JSON. */
  Schema.TaggedStruct("ReplaceBody", { body: Schema.Unknown, contentType: Codecs.optional(HeaderText) }),
  /** The right status with these bytes. */
  Schema.TaggedStruct("ReplaceBytes", { base64: Base64, contentType: Codecs.optional(HeaderText) }),
  /** The body, and that many blanks behind it. */
  Schema.TaggedStruct("Pad", { bytes: Count }),
  /** Writes a value into the answer's JSON. The last step of the path may be new. */
  Schema.TaggedStruct("SetField", { path: Pointer, value: Schema.Unknown }),
  Schema.TaggedStruct("RemoveField", { path: Pointer }),
  /** Puts a value of another type in the place of one. */
  Schema.TaggedStruct("MistypeField", { path: Pointer }),
  /** A field that nobody has heard of, in every object of the answer. */
  Schema.TaggedStruct("AddFields", {}),
  /** A pause: always the same, or spread evenly up to `upToMillis` by the seed. */
  Schema.TaggedStruct("Delay", { millis: Millis, upToMillis: Codecs.optional(Millis) }),
  /** A pause that lasts until the test opens the latch of this name. */
  Schema.TaggedStruct("Latch", { name: Schema.NonEmptyString }),
  /** No connection. A listening socket cannot refuse: there, the connection is reset before the request is looked at. */
  Schema.TaggedStruct("Refuse", {}),
  /**
   * A connection whose TLS handshake fails: the certificate is signed by nobody known, too old or another host's, or the server speaks
   * plain HTTP. A listening loopback server does so itself: there, the connection is reset before the request is looked at.
   */
  Schema.TaggedStruct("Tls", { problem: Schema.Literal("selfSigned", "expired", "wrongHost", "plainHttp") }),
  Schema.TaggedStruct("Reset", {}),
  /** The server sends no more on this connection, though it still listens on it. Whoever has the answer sees nothing of it. */
  Schema.TaggedStruct("HalfClose", {}),
  /** Nothing more is ever sent. */
  Schema.TaggedStruct("Hang", {}),
  /** The rest trickles, `bytes` at a time. */
  Schema.TaggedStruct("Drip", { bytes: Count, everyMillis: Millis }),
  /** The connection closes early: short of its Content-Length, without the last chunk, or where only the close marks the end. */
  Schema.TaggedStruct("Truncate", { framing: Schema.Literal("length", "chunked", "close") }),
  /** A Content-Length that many bytes off. */
  Schema.TaggedStruct("WrongLength", { by: Schema.Int }),
  /** A body that says gzip, sound or damaged. */
  Schema.TaggedStruct("Gzip", { damage: Schema.Literal("none", "flipped", "noTrailer", "half", "notGzip") }),
  /** 401 with the code of an expired token. */
  Schema.TaggedStruct("TokenExpired", {}),
  /** Every token given out so far stops working; this request is the first to notice. */
  Schema.TaggedStruct("RevokeTokens", {}),
  /** 403 as an API client gets it that lacks the right. */
  Schema.TaggedStruct("Deny", {}),
  /** The service takes another query than was sent: a page that is ignored, a size that is capped. */
  Schema.TaggedStruct("RewriteQuery", {
    set: Codecs.optional(Schema.Record({ key: Schema.String, value: Schema.String })),
    remove: Codecs.optional(Schema.Array(Schema.String)),
    cap: Codecs.optional(Schema.Record({ key: Schema.String, value: Count }))
  }),
  /**
   * Somebody else writes just before, with the right to do everything: at a path below the instance, such as `/patients/{id}`, or at one of
   * the legacy API, such as `/v1/patients/{id}`.
   */
  Schema.TaggedStruct("Write", {
    method: Schema.Literal("POST", "PUT", "PATCH", "DELETE"),
    path: Schema.String.pipe(Schema.startsWith("/")),
    body: Codecs.optional(Schema.Unknown)
  })
)
/**
 * @since 0.1.0
 * @category models
 */
export type Action = typeof Action.Type

/** The moments at which each action can act. It acts at the first one unless told otherwise. */
const moments = {
  Status: ["accept", "beforeHeaders"],
  SetStatus: ["beforeHeaders"],
  SetHeaders: ["beforeHeaders"],
  ReplaceBody: ["beforeHeaders"],
  ReplaceBytes: ["beforeHeaders"],
  Pad: ["beforeHeaders"],
  SetField: ["beforeHeaders"],
  RemoveField: ["beforeHeaders"],
  MistypeField: ["beforeHeaders"],
  AddFields: ["beforeHeaders"],
  Delay: ["beforeHeaders", "accept", "afterBytes"],
  Latch: ["beforeHeaders", "accept", "afterBytes"],
  Refuse: ["accept"],
  Tls: ["accept"],
  Reset: ["beforeHeaders", "accept", "afterBytes", "afterEnd"],
  HalfClose: ["afterEnd"],
  Hang: ["beforeHeaders", "accept", "afterBytes", "afterEnd"],
  Drip: ["afterBytes", "beforeHeaders"],
  Truncate: ["afterBytes"],
  WrongLength: ["beforeHeaders"],
  Gzip: ["beforeHeaders"],
  TokenExpired: ["accept"],
  RevokeTokens: ["accept"],
  Deny: ["accept"],
  RewriteQuery: ["accept"],
  Write: ["accept"]
} as const satisfies Record<Action["_tag"], ReadonlyArray<"accept" | "beforeHeaders" | "afterBytes" | "afterEnd">>

/**
 * One rule: the requests it strikes, the moment, and what goes wrong then.
 *
 * @example
 * ```ts
 * import type { Fault } from "effect-welkin/testing"
 *
 * const faults: ReadonlyArray<Fault.Fault> = [
 *   // the second page of patients answers 429 once
 *   { match: { endpoint: "patients.list", page: 1 }, do: { _tag: "Status", status: 429, retryAfter: 2 } },
 *   // one create in three is applied, and its answer lost
 *   { match: { endpoint: "patients.create", probability: 0.33 }, at: "beforeHeaders", do: { _tag: "Reset" } }
 * ]
 * ```
 *
 * @since 0.1.0
 * @category schemas
 */
export const Fault = Schema.Struct({ match: Codecs.optional(Match), at: Codecs.optional(At), do: Action }).pipe(
  Schema.filter((fault) => fault.at === undefined || (moments[fault.do._tag] as ReadonlyArray<string>).includes(nameOf(fault.at)), {
    identifier: "Fault whose action can act at its moment"
  })
)
/**
 * @since 0.1.0
 * @category models
 */
export interface Fault extends Schema.Schema.Type<typeof Fault> {}

/**
 * The moments at which an action can act, its own first.
 *
 * @internal
 */
export const momentsOf = (action: Action): ReadonlyArray<"accept" | "beforeHeaders" | "afterBytes" | "afterEnd"> => moments[action._tag]

const nameOf = (at: At): string => (typeof at === "string" ? at : "afterBytes")

/**
 * The moment at which a fault acts, said or by default.
 *
 * @since 0.1.0
 * @category models
 */
export const momentOf = (fault: Fault): At => {
  if (fault.at !== undefined) return fault.at
  const first = moments[fault.do._tag][0]
  return first === "afterBytes" ? { afterBytes: 0 } : first
}
