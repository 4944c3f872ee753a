import { assert, describe, it } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as DocumentFiles from "../../src/v8/DocumentFiles.js"
import { DocumentFileId, DocumentSummaryId } from "../../src/v8/Documents.js"
import { PatientId } from "../../src/v8/Patients.js"
import { answers } from "../support/answers.js"
import { clientOf, formOf, type Part } from "../support/listener.js"
import { tagAndPlaces } from "../support/places.js"

const document = { patientId: PatientId.make("p-1"), documentSummaryId: DocumentSummaryId.make("d-1") }
const fileId = DocumentFileId.make("f-1")

const pieceBytes = 64 * 1024
const pieces = 80

/** Bytes that tell where in the file they stand. */
const piece = (n: number): Uint8Array => Uint8Array.from({ length: pieceBytes }, (_, at) => (n * 31 + at * 7 + (at >> 8)) & 255)

/** 5 MB. */
const whole = Buffer.concat(Array.from({ length: pieces }, (_, n) => piece(n)))

const stored = (parts: ReadonlyArray<Part>) =>
  JSON.stringify(
    parts.map(([, content], n) => {
      assert(typeof content !== "string")
      return { id: `f-${n}`, originalName: content.name, size: content.bytes.length, contentType: content.type, storageKey: `key-${n}` }
    })
  )

describe("DocumentFiles", () => {
  it.live("5 MB of a stream arrive part by part and intact, each file under the same name", () => {
    const arrived = Deferred.unsafeMake<void>(undefined as never)
    let bytes = 0
    let form: ReadonlyArray<Part> = []
    const server = clientOf((request, response) => {
      formOf(request, (more) => {
        bytes += more
        if (bytes > 1_000_000) Deferred.unsafeDone(arrived, Effect.void)
      }).then((parts) => {
        form = parts
        response.writeHead(201).end(stored(parts))
      })
    })
    // the second half is not made before the server has seen part of the first: sent as a whole, this would never end
    const content = Stream.range(0, pieces - 1).pipe(
      Stream.rechunk(1),
      Stream.mapEffect((n) => (n < pieces / 2 ? Effect.succeed(piece(n)) : Effect.as(Deferred.await(arrived), piece(n))))
    )
    return Effect.gen(function* () {
      const files = yield* DocumentFiles.upload({
        ...document,
        body: [
          { name: "scan.pdf", contentType: "application/pdf", content },
          { name: 'über "all".png', contentType: "image/png", content: Uint8Array.of(137, 80, 78, 71) }
        ]
      })
      assert.deepStrictEqual(
        files.map(({ contentType, originalName, size }) => [originalName, contentType, size]),
        [
          ["scan.pdf", "application/pdf", pieces * pieceBytes],
          ['über "all".png', "image/png", 4]
        ]
      )
      assert.deepStrictEqual(
        form.map(([name]) => name),
        ["files", "files"]
      )
      const [, scan] = form[0]!
      assert(typeof scan !== "string")
      assert.isTrue(whole.equals(scan.bytes))
    }).pipe(Effect.timeout("20 seconds"), Effect.provide(server))
  })

  it.live("a request that is repeated sends its streams from their beginning", () => {
    const forms: Array<ReadonlyArray<Part>> = []
    const server = clientOf((request, response) => {
      formOf(request).then((parts) => {
        if (forms.push(parts) > 1) response.writeHead(201).end(stored(parts))
        else response.writeHead(401).end(JSON.stringify([{ errorCode: "TOKEN_EXPIRED", componentType: "AUTH", message: "", details: {} }]))
      })
    })
    let runs = 0
    const content = Stream.suspend(() => Stream.make(Uint8Array.of(++runs), Uint8Array.of(2, 3)))
    return Effect.gen(function* () {
      yield* DocumentFiles.upload({ ...document, body: [{ name: "scan.pdf", contentType: "application/pdf", content }] })
      assert.deepStrictEqual(
        forms.map(([part]) => part),
        [1, 2].map((run): Part => ["files", { name: "scan.pdf", type: "application/pdf", bytes: Uint8Array.of(run, 2, 3) }])
      )
    }).pipe(Effect.timeout("20 seconds"), Effect.provide(server))
  })

  it.effect("without a file, or with one that has no name, nothing is sent", () => {
    const client = answers()
    return Effect.gen(function* () {
      const nothing = DocumentFiles.upload({ ...document, body: [] })
      assert.deepStrictEqual(tagAndPlaces(yield* Effect.flip(nothing)), ["EncodeError", "body"])
      const nameless = DocumentFiles.upload({ ...document, body: [{ name: "", contentType: "image/png", content: new Uint8Array() }] })
      assert.deepStrictEqual(tagAndPlaces(yield* Effect.flip(nameless)), ["EncodeError", "body.0.name"])
      assert.deepStrictEqual(client.sent(), [])
    }).pipe(Effect.provide(client.layer))
  })

  it.live("a download hands on what has arrived before the rest is there, and ends intact", () => {
    const read = Deferred.unsafeMake<void>(undefined as never)
    const server = clientOf((request, response) => {
      assert.strictEqual(request.url, "/acme/demo/patients/p-1/document-summary/d-1/files/f-1")
      response.writeHead(200, { "content-type": "image/jpeg", "content-length": whole.length })
      response.write(whole.subarray(0, 1_000_000))
      // the rest waits until the beginning was read: taken as a whole, this would never end
      Effect.runFork(
        Effect.zipRight(
          Deferred.await(read),
          Effect.sync(() => response.end(whole.subarray(1_000_000)))
        )
      )
    })
    return Effect.gen(function* () {
      const bytes = yield* DocumentFiles.download({ ...document, fileId }).pipe(
        Stream.tap(() => Deferred.succeed(read, undefined)),
        Stream.runCollect
      )
      assert.isTrue(whole.equals(Buffer.concat(Array.from(bytes))))
    }).pipe(Effect.timeout("20 seconds"), Effect.provide(server))
  })

  it.effect("an error is an error, not the contents of a file; and half a file is none", () => {
    const missing = [{ errorCode: "DT_RECORD_NOT_FOUND", componentType: "CDT", message: "", details: {} }]
    const client = answers(
      { status: 404, body: missing },
      { headers: { "content-type": "image/jpeg", "content-length": "10" }, body: "half" }
    )
    return Effect.gen(function* () {
      const error = yield* Effect.flip(Stream.runDrain(DocumentFiles.download({ ...document, fileId })))
      assert(error._tag === "NotFound")
      assert.deepStrictEqual(error.codes, ["DT_RECORD_NOT_FOUND"])
      const broken = yield* Effect.flip(Stream.runDrain(DocumentFiles.download({ ...document, fileId })))
      assert.strictEqual(broken._tag, "TruncatedBody")
    }).pipe(Effect.provide(client.layer))
  })
})
