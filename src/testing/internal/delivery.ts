/*
 * From an answer to what happens on the wire.
 */
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as Alter from "./alter.js"
import type { Latches } from "./latches.js"
import type { Reply } from "./reply.js"
import type { BodyEvent } from "./strike.js"
import * as Wire from "./wire.js"

/** An answer, and what is wrong with it besides its words. */
export interface Draft {
  readonly reply: Reply
  /** How far the Content-Length is off. */
  readonly lengthOff: number | undefined
  readonly headDrip: Wire.Drip | undefined
  /** What happens inside the body, by place. */
  readonly events: ReadonlyArray<BodyEvent>
  readonly ending: Wire.Ending
}

/** How a fault waits. */
export interface Waiting {
  readonly pause: (millis: number, upToMillis?: number) => Effect.Effect<void>
  readonly pass: Latches["pass"]
}

export const answer = (draft: Draft, now: number, waiting: Waiting): Wire.Answer => {
  const { ending, events, headDrip, lengthOff, reply } = draft
  const framing = framingOf(draft)
  const whole = events.length === 0 && lengthOff === undefined
  // a body that nothing happens to need not become bytes
  const length = whole && framing === "chunked" ? 0 : Math.max(0, Alter.bytesOf(reply.body).length + (lengthOff ?? 0))
  return {
    _tag: "Answer",
    status: reply.status,
    headers: { ...reply.headers, date: Alter.httpDate(now), "cache-control": "no-store", ...framingHeader(reply.status, framing, length) },
    framing,
    body: whole ? reply.body : inPieces(Alter.bytesOf(reply.body), framing, length, events, waiting),
    headDrip,
    ending
  }
}

const framingOf = ({ events, lengthOff, reply }: Draft): Wire.Framing => {
  if (lengthOff !== undefined || reply.body.length === 0) return "length"
  const cut = events.find(({ action }) => action._tag === "Truncate")?.action
  return cut?._tag === "Truncate" ? cut.framing : (reply.framing ?? "chunked")
}

const framingHeader = (status: number, framing: Wire.Framing, length: number): Wire.Answer["headers"] => {
  if (status === 204 || status === 304) return {}
  switch (framing) {
    case "length":
      return { "content-length": String(length) }
    case "chunked":
      return { "transfer-encoding": "chunked" }
    case "close":
      return { connection: "close" }
  }
}

const closed = Stream.fail(new Wire.Broken({ how: "closed" }))

/** A body to which things happen on its way. Bytes beyond its Content-Length are not sent; missing ones end the connection. */
const inPieces = (
  all: Uint8Array,
  framing: Wire.Framing,
  declared: number,
  events: ReadonlyArray<BodyEvent>,
  { pass, pause }: Waiting
): Stream.Stream<Uint8Array, Wire.Broken> => {
  const bytes = framing === "length" ? all.subarray(0, declared) : all
  const pieces: Array<Stream.Stream<Uint8Array, Wire.Broken>> = []
  let sent = 0
  let drip: Wire.Drip | undefined
  const send = (end: number) => {
    const piece = bytes.subarray(sent, end)
    sent = Math.max(sent, end)
    if (piece.length > 0) pieces.push(drip === undefined ? Stream.succeed(piece) : dripped(piece, drip))
  }
  for (const { action, afterBytes } of events) {
    send(Math.min(afterBytes, bytes.length))
    switch (action._tag) {
      case "Delay":
        pieces.push(Stream.execute(pause(action.millis, action.upToMillis)))
        break
      case "Latch":
        pieces.push(Stream.execute(pass(action.name)))
        break
      case "Drip":
        drip = action
        break
      case "Reset":
        return inTurn([...pieces, Stream.fail(new Wire.Broken({ how: "reset" }))])
      case "Hang":
        return inTurn([...pieces, Stream.never])
      case "Truncate":
        if (framing === "chunked" || sent < declared) return inTurn(framing === "close" ? pieces : [...pieces, closed])
        break
    }
  }
  send(bytes.length)
  return inTurn(framing === "length" && bytes.length < declared ? [...pieces, closed] : pieces)
}

const inTurn = <A, E>(streams: ReadonlyArray<Stream.Stream<A, E>>): Stream.Stream<A, E> =>
  streams.reduceRight((rest, one) => Stream.concat(one, rest), Stream.empty as Stream.Stream<A, E>)

const dripped = (piece: Uint8Array, { bytes, everyMillis }: Wire.Drip): Stream.Stream<Uint8Array> =>
  Stream.range(0, Math.ceil(piece.length / bytes) - 1, 1).pipe(
    Stream.mapEffect((at) => Effect.as(Effect.sleep(everyMillis), piece.subarray(at * bytes, (at + 1) * bytes)))
  )
