/**
 * A Welkin to test against: an in-memory, stateful simulation of the service, grown from a seed and driven by Effect's `Clock`.
 *
 * What is created is read back, listed, exported and deleted by the service's rules. What is not simulated answers 501 and says so,
 * and a query parameter that the service does not know is a 400: never a silent wrong answer. Nothing leaves the process.
 *
 * @since 0.1.0
 */
import * as HttpClient from "@effect/platform/HttpClient"
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as HashMap from "effect/HashMap"
import * as HashSet from "effect/HashSet"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Ref from "effect/Ref"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import * as Codecs from "../Codecs.js"
import * as Places from "../internal/places.js"
import * as LegacyClient from "../v1/LegacyClient.js"
import * as WelkinClient from "../WelkinClient.js"
import * as Fault from "./Fault.js"
import { baseUrl } from "./internal/address.js"
import * as Door from "./internal/door.js"
import { type Runtime, revoked } from "./internal/exchange.js"
import * as Ids from "./internal/ids.js"
import * as Latches from "./internal/latches.js"
import * as Population from "./internal/population.js"
import { key } from "./internal/random.js"
import * as Router from "./internal/router.js"
import { v8 } from "./internal/routes.js"
import * as Simulated from "./internal/service.js"
import type * as Table from "./internal/table.js"
import { scopes } from "./internal/v1/authentication.js"
import * as Notices from "./internal/v1/notices.js"
import { patients as legacyPatients } from "./internal/v1/population.js"
import { v1 } from "./internal/v1/routes.js"
import type { Legacy } from "./internal/v1/setting.js"
import * as World from "./internal/world.js"

const Millis = Schema.Number.pipe(Schema.finite(), Schema.nonNegative())

/** A part of a path, and of a header where it goes there. */
const Name = Schema.String.pipe(
  Schema.pattern(/^[A-Za-z0-9._~-]+$/),
  Schema.filter((text) => text !== "." && text !== "..")
)

// a path that begins so is the legacy API's
const Tenant = Name.pipe(Schema.filter((text) => text !== "v1"))

/**
 * A custom field: its type, and for a `select` its values and whether it holds several.
 *
 * @since 0.1.0
 * @category schemas
 */
export const Field = Schema.Struct({
  type: Schema.Literal(
    "text",
    "textarea",
    "integer",
    "float",
    "checkbox",
    "date",
    "datetime",
    "email",
    "phone",
    "uuid",
    "select",
    "object"
  ),
  values: Codecs.optional(Schema.NonEmptyArray(Schema.String)),
  multiple: Codecs.optional(Schema.Boolean)
})

const isNear = (text: string): boolean => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url !== undefined && /^https?:$/.test(url.protocol) && /^(localhost|127(\.\d+){3}|\[::1\]|([\w-]+\.)*example)$/.test(url.hostname)
}

/**
 * What a simulator can be told of the legacy API, v1. Its documents leave much open and changed over the years: a client has to get along
 * with any of these. Everything but `notify` has a default.
 *
 * @since 0.1.0
 * @category schemas
 */
export const LegacyOptions = Schema.Struct({
  /**
   * What stands around an answer. `2020`, unless said: `data`, and `data` with `links`. `2018`: nothing, and a list of one `data` with
   * `meta`.
   */
  envelope: Codecs.optional(Schema.Literal("2020", "2018")),
  /** Which names fields go by. `2020` unless said; `both` at once where they differ. Requests may use either. */
  spelling: Codecs.optional(Schema.Literal("2020", "2018", "both")),
  /** Which bounds of a window count in, in the notation of intervals: `[]`, both, unless said. */
  bounds: Codecs.optional(Schema.Literal("[]", "[)", "(]", "()")),
  /** By time of the last change: `ascending` unless said. */
  order: Codecs.optional(Schema.Literal("ascending", "descending")),
  /**
   * Where a page names the next one: at every place that is known (`all`, unless said for the envelope of 2020), only in addresses that
   * are badly encoded (`malformed`), or nowhere (`none`, unless said for that of 2018).
   */
  links: Codecs.optional(Schema.Literal("all", "malformed", "none")),
  /** The largest page, whatever is asked for: 1000 unless said. */
  maxSize: Codecs.optional(Schema.Int.pipe(Schema.positive())),
  /** How moments end: `offset`, which is `+00:00`, unless said. */
  stamps: Codecs.optional(Schema.Literal("offset", "zulu", "naive")),
  clientId: Codecs.optional(Schema.NonEmptyString),
  clientSecret: Codecs.optional(Schema.NonEmptyString),
  /** What the client may ask for: `all` unless said. */
  scopes: Codecs.optional(
    Schema.NonEmptyArray(Schema.String.pipe(Schema.filter((text) => scopes.includes(text), { identifier: "LegacyScope" })))
  ),
  /** Whom to notify of changes, and how the token of a notification is signed. The host is this machine, or one below `.example`. */
  notify: Codecs.optional(
    Schema.Struct({
      url: Schema.String.pipe(Schema.filter(isNear, { identifier: "LoopbackUrl" })),
      secret: Schema.NonEmptyString,
      issuer: Schema.NonEmptyString,
      audience: Schema.NonEmptyString
    })
  )
})
/**
 * @since 0.1.0
 * @category models
 */
export interface LegacyOptions extends Schema.Schema.Type<typeof LegacyOptions> {}

/**
 * What a simulator can be told. Everything has a default.
 *
 * @since 0.1.0
 * @category schemas
 */
export const Options = Schema.Struct({
  /** The same seed makes the same bytes: 1 unless said. */
  seed: Codecs.optional(Schema.NonNegativeInt),
  /** How many patients there are from the start: 100 unless said, a million at most. They are made when they are read. */
  patients: Codecs.optional(Schema.Int.pipe(Schema.between(0, 1_000_000))),
  tenant: Codecs.optional(Tenant),
  instance: Codecs.optional(Name),
  apiClient: Codecs.optional(Name),
  secretKey: Codecs.optional(Schema.NonEmptyString),
  /** The custom data types of both generations by name, and their fields by name. Three invented ones unless said. */
  cdts: Codecs.optional(Schema.Record({ key: Name, value: Schema.Record({ key: Schema.NonEmptyString, value: Field }) })),
  faults: Codecs.optional(Schema.Array(Fault.Fault)),
  /** How long every answer takes, spread evenly up to `upToMillis` where that is said. */
  latency: Codecs.optional(Schema.Struct({ millis: Millis, upToMillis: Codecs.optional(Millis) })),
  /** The rate above which requests answer 429. */
  requestsPerSecond: Codecs.optional(Schema.Int.pipe(Schema.positive())),
  /** One hour unless said. */
  tokenLifetimeSeconds: Codecs.optional(Schema.Int.pipe(Schema.positive())),
  /** How far the service's clock is off. */
  clockSkewMillis: Codecs.optional(Schema.Int),
  /** Endpoints that the API client has no right to. */
  deny: Codecs.optional(Schema.Array(Fault.EndpointId)),
  /** Endpoints that the API client has a right to, though by default it has not: deleting patients is one, creating workers another. */
  allow: Codecs.optional(Schema.Array(Fault.EndpointId)),
  /**
   * How many neighbours in an export, or in a find of the legacy API, share the instant of their last change, and so may come twice at a
   * page's edge: 1 unless said. In the legacy API some always do.
   */
  sharedInstants: Codecs.optional(Schema.Int.pipe(Schema.between(1, 1000))),
  /** The legacy API, which has its own patients, as many as the current one. */
  legacy: Codecs.optional(LegacyOptions)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface Options extends Schema.Schema.Type<typeof Options> {}

/**
 * Options or faults that make no sense. Says where, never what stood there.
 *
 * @since 0.1.0
 * @category errors
 */
export class InvalidOptions extends Data.TaggedError("InvalidOptions")<{ readonly places: ReadonlyArray<Places.Place> }> {
  override get message(): string {
    return `The simulator cannot be built: ${Places.format(this.places)}`
  }
}

/**
 * A request as the simulator saw it: what it asked for, never what it held.
 *
 * @since 0.1.0
 * @category models
 */
export type JournalEntry = World.JournalEntry

/**
 * How often one and the same write, equal in method, path and body, was applied.
 *
 * @since 0.1.0
 * @category models
 */
export type LedgerEntry = World.LedgerEntry

/**
 * Everything a simulator knew at a moment.
 *
 * @since 0.1.0
 * @category models
 */
export interface Snapshot {
  readonly [SnapshotTypeId]: World.World
}

const SnapshotTypeId: unique symbol = Symbol.for("effect-welkin/testing/Snapshot")

/**
 * What a client needs to reach a simulator.
 *
 * @since 0.1.0
 * @category models
 */
export interface Credentials extends WelkinClient.Options {
  readonly baseUrl: string
}

/**
 * What a client of the legacy API needs to reach a simulator.
 *
 * @since 0.1.0
 * @category models
 */
export interface LegacyCredentials extends LegacyClient.Options {
  readonly baseUrl: string
}

/**
 * A running simulator.
 *
 * @since 0.1.0
 * @category models
 */
export interface Service {
  /** What a client in this process is built with: `WelkinClient.layer(simulator.credentials)`. */
  readonly credentials: Credentials
  /** The same for the legacy API: `LegacyClient.layer(simulator.legacyCredentials)`. */
  readonly legacyCredentials: LegacyCredentials
  /** The door without a socket. It answers at the base URL of `credentials`; other hosts do not exist. */
  readonly httpClient: HttpClient.HttpClient
  /** Every request so far, in the order of arrival. */
  readonly journal: Effect.Effect<ReadonlyArray<JournalEntry>>
  /** Every write that was applied. A write that was lost on its way, or refused, is not in it. */
  readonly ledger: Effect.Effect<ReadonlyArray<LedgerEntry>>
  readonly addFaults: (...faults: ReadonlyArray<Fault.Fault>) => Effect.Effect<void, InvalidOptions>
  /** Faults that have struck no request yet. */
  readonly unusedFaults: Effect.Effect<ReadonlyArray<Fault.Fault>>
  /** Every token given out so far stops working. */
  readonly revokeTokens: Effect.Effect<void>
  /** Takes the right to an endpoint from the API client. */
  readonly deny: (endpoint: Fault.EndpointId) => Effect.Effect<void>
  readonly allow: (endpoint: Fault.EndpointId) => Effect.Effect<void>
  /** Changes the rate above which requests answer 429; undefined for any rate. */
  readonly limitRate: (requestsPerSecond: number | undefined) => Effect.Effect<void>
  /** Opens a latch for good: the requests that wait at it go on. */
  readonly release: (latch: string) => Effect.Effect<void>
  /** Waits until a request has come to a latch. */
  readonly held: (latch: string) => Effect.Effect<void>
  /** The state as it is now, for nothing. */
  readonly snapshot: Effect.Effect<Snapshot>
  /** Goes back to a state, journal and ledger included. */
  readonly restore: (snapshot: Snapshot) => Effect.Effect<void>
  /** A second simulator that begins in this one's state. What happens to one is not seen by the other. */
  readonly fork: Effect.Effect<Service>
  /** The id of one of the patients that are there from the start, from 0. Throws where there is none. */
  readonly patientId: (index: number) => string
  /** The same of the legacy API, whose patients are others. */
  readonly legacyPatientId: (index: number) => string
  /**
   * Tells the receiver of `legacy.notify` which collections of the legacy API have changed since it last accepted a notification, through
   * this client. True where it accepted, or there was nothing to tell; else the same comes again the next time.
   */
  readonly notify: (client: HttpClient.HttpClient) => Effect.Effect<boolean>
  /** @internal */
  readonly [RuntimeKey]: Runtime
}

/**
 * Where the doors find what is behind a simulator.
 *
 * @internal
 */
export const RuntimeKey: unique symbol = Symbol.for("effect-welkin/testing/Runtime")

/**
 * The simulator of the running test.
 *
 * @since 0.1.0
 * @category tags
 */
export class Simulator extends Context.Tag("effect-welkin/testing/Simulator")<Simulator, Service>() {}

const refuse = Effect.mapError((error: { readonly issue: any } & Error) => new InvalidOptions({ places: Places.of(error as any) }))

const decodeOptions = Schema.decodeUnknown(Options, { onExcessProperty: "error", errors: "all" })
const decodeFaults = Schema.decodeUnknown(Schema.Array(Fault.Fault), { onExcessProperty: "error", errors: "all" })

const legacyOf = ({ envelope = "2020", ...options }: LegacyOptions): Legacy => ({
  envelope,
  spelling: options.spelling ?? "2020",
  bounds: options.bounds ?? "[]",
  order: options.order ?? "ascending",
  links: options.links ?? (envelope === "2020" ? "all" : "none"),
  maxSize: options.maxSize ?? 1000,
  stamps: options.stamps ?? "offset",
  clientId: options.clientId ?? "simulated-client",
  clientSecret: options.clientSecret ?? "simulated-client-secret",
  scopes: options.scopes ?? ["all"],
  notify: options.notify
})

const settingOf = (options: Options): World.Setting => {
  const { apiClient = "SIMULATEDAPI", cdts = Population.defaultDataTypes, patients = 100, seed = 1, sharedInstants = 1 } = options
  const apiClientId = Ids.named(key(seed, "apiClient"))
  return {
    tenant: options.tenant ?? "simulated",
    instance: options.instance ?? "demo",
    apiClient,
    apiClientId,
    secretKey: options.secretKey ?? "simulated-secret",
    seed,
    population: Population.make({ seed, patients, dataTypes: cdts, apiClient: { id: apiClientId, name: apiClient }, sharedInstants }),
    router: Router.make([...v8(), ...v1()]),
    tokenLifetimeSeconds: options.tokenLifetimeSeconds ?? 3600,
    clockSkewMillis: options.clockSkewMillis ?? 0,
    latency: { millis: options.latency?.millis ?? 0, upToMillis: options.latency?.upToMillis ?? options.latency?.millis ?? 0 },
    sharedInstants,
    legacy: legacyOf(options.legacy ?? {})
  }
}

const unused = ({ rules }: World.World): ReadonlyArray<Fault.Fault> => rules.flatMap(({ fault, struck }) => (struck === 0 ? [fault] : []))

const at = (base: Table.Base<{ readonly id: string }>, index: number): string => {
  const record = index >= 0 && index < base.span ? base.at(index) : undefined
  if (record === undefined) throw new RangeError(`The simulator has no patient ${index} from the start`)
  return record.id
}

const fromWorld = (start: World.World): Effect.Effect<Service> =>
  Effect.gen(function* () {
    const world = yield* Ref.make(start)
    const latches = yield* Latches.make
    const runtime: Runtime = { world, latches }
    const { apiClient, instance, legacy, population, secretKey, tenant } = start.setting
    const rights = (change: (denied: HashSet.HashSet<string>) => HashSet.HashSet<string>) =>
      Ref.update(world, (now) => ({ ...now, denied: change(now.denied) }))
    return {
      credentials: { baseUrl, tenant, instance, apiClient, secretKey: Redacted.make(secretKey) },
      legacyCredentials: {
        baseUrl,
        clientId: legacy.clientId,
        clientSecret: Redacted.make(legacy.clientSecret),
        scopes: legacy.scopes
      },
      httpClient: Door.make(runtime),
      journal: Effect.map(Ref.get(world), ({ journal }) =>
        Array.from({ length: HashMap.size(journal) }, (_, number) => HashMap.unsafeGet(journal, number))
      ),
      ledger: Effect.map(Ref.get(world), ({ ledger }) => Array.from(HashMap.values(ledger))),
      addFaults: (...faults) =>
        Effect.flatMap(refuse(decodeFaults(faults)), (sound) =>
          Ref.update(world, (now) => ({ ...now, rules: [...now.rules, ...sound.map(World.rule)] }))
        ),
      unusedFaults: Effect.map(Ref.get(world), unused),
      revokeTokens: Ref.update(world, revoked),
      deny: (endpoint) => rights(HashSet.add<string>(endpoint)),
      allow: (endpoint) => rights(HashSet.remove<string>(endpoint)),
      limitRate: (requestsPerSecond) => Ref.update(world, (now) => ({ ...now, requestsPerSecond })),
      release: latches.open,
      held: latches.reached,
      snapshot: Effect.map(Ref.get(world), (now) => ({ [SnapshotTypeId]: now })),
      restore: (snapshot) => Ref.set(world, snapshot[SnapshotTypeId]),
      fork: Effect.flatMap(Ref.get(world), fromWorld),
      patientId: (index) => at(population.patients, index),
      legacyPatientId: (index) => at(legacyPatients.base(population), index),
      notify: (client) => Notices.send(world, client, baseUrl),
      [RuntimeKey]: runtime
    }
  })

/**
 * Builds a simulator. When the scope ends, faults that never struck are reported as a warning: a test that expects a fault should
 * have seen it.
 *
 * @since 0.1.0
 * @category constructors
 */
export const make: (options?: Options) => Effect.Effect<Service, InvalidOptions, Scope.Scope> = Effect.fnUntraced(function* (options = {}) {
  const { allow = [], deny = [], faults = [], requestsPerSecond, ...rest } = yield* refuse(decodeOptions(options))
  const simulator = yield* fromWorld(World.make(settingOf(rest), { allow, deny, faults, requestsPerSecond }))
  yield* Effect.addFinalizer(() => Effect.flatMap(simulator.unusedFaults, report))
  return simulator
})

const report = (faults: ReadonlyArray<Fault.Fault>): Effect.Effect<void> =>
  Effect.forEach(
    faults,
    (fault) =>
      Effect.logWarning("A fault of the simulator struck no request").pipe(
        Effect.annotateLogs({ action: fault.do._tag, endpoint: fault.match?.endpoint ?? "any" })
      ),
    { discard: true }
  )

/**
 * A simulator, and an `HttpClient` that reaches it without a socket.
 *
 * @since 0.1.0
 * @category layers
 */
export const layer = (options?: Options): Layer.Layer<Simulator | HttpClient.HttpClient, InvalidOptions> =>
  Layer.scopedContext(
    Effect.map(make(options), (simulator) =>
      Context.make(Simulator, simulator).pipe(Context.add(HttpClient.HttpClient, simulator.httpClient))
    )
  )

/**
 * A simulator, and the SDK's clients for it: a test of code that calls endpoints needs no other layer.
 *
 * A test's clock begins in 1970, and what is there from the start was written since 2018. A find of the legacy API that is not told where
 * to end ends now: set the clock first.
 *
 * @example
 * ```ts
 * import * as Effect from "effect/Effect"
 * import * as Stream from "effect/Stream"
 * import { Simulator } from "effect-welkin/testing"
 * import { Patients } from "effect-welkin/v8"
 *
 * const names = Patients.listStream().pipe(
 *   Stream.take(3),
 *   Stream.map((patient) => patient.firstName),
 *   Stream.runCollect,
 *   Effect.provide(Simulator.layerClient({ seed: 1 }))
 * )
 * ```
 *
 * @since 0.1.0
 * @category layers
 */
export const layerClient = (
  options?: Options
): Layer.Layer<Simulator | HttpClient.HttpClient | WelkinClient.WelkinClient | LegacyClient.LegacyClient, InvalidOptions> =>
  // the simulator's own credentials are well formed
  Layer.unwrapEffect(
    Effect.map(Simulator, ({ credentials, legacyCredentials }) =>
      Layer.orDie(Layer.merge(WelkinClient.layer(credentials), LegacyClient.layer(legacyCredentials)))
    )
  ).pipe(Layer.provideMerge(layer(options)))

/**
 * Tells the receiver of `legacy.notify` of changes every minute, through the `HttpClient` of the context, for as long as the scope lasts.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerNotifications: Layer.Layer<never, never, Simulator | HttpClient.HttpClient> = Layer.scopedDiscard(
  Effect.flatMap(Effect.all([Simulator, HttpClient.HttpClient]), ([simulator, client]) =>
    Effect.forkScoped(Notices.forever(simulator[RuntimeKey].world, client, baseUrl))
  )
)

/**
 * The endpoints that the simulator answers with 501.
 *
 * @since 0.1.0
 * @category models
 */
export const gaps: () => ReadonlyArray<Fault.EndpointId> = Simulated.gaps
