import { describe, expect, it } from "@effect/vitest"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { DocumentFiles, DocumentRecords, Documents, Patients } from "../../src/v8/index.js"
import { collect, refusal, wire, within } from "./resources.js"

const patient = Effect.map(Patients.create({ body: { firstName: "Ada", lastName: "Example" } }), ({ id }) => id)

const read = (place: Parameters<typeof DocumentFiles.download>[0]) =>
  DocumentFiles.download(place).pipe(
    Stream.runCollect,
    Effect.map((chunks) => Chunk.toReadonlyArray(chunks).flatMap((bytes) => [...bytes]))
  )

// every byte there is, and all that a form's boundary begins with
const bytes = Uint8Array.from([...Array(256).keys(), 13, 10, 45, 45, 13, 10, 13, 10, 45, 45])

describe("documents", () => {
  it.effect("a document is created without files, listed, replaced and deleted", () =>
    within(
      Effect.gen(function* () {
        const patientId = yield* patient
        const path = `/patients/${patientId}/document-summary`
        const raw = yield* wire("POST", path, { body: { type: "doc-type-others", external_id: "crm/1" } })
        expect(raw.status).toBe(201)
        expect(raw.json).toMatchObject({
          patientId,
          cdtName: "_document_summary",
          jsonBody: { id: raw.json.id, type: "doc-type-others", files: null, external_id: "crm/1", source_type: null }
        })
        const documentSummaryId = raw.json.id
        const changed = yield* Documents.update({ patientId, documentSummaryId, body: { type: "dt-referral" } })
        expect(changed.jsonBody).toMatchObject({ type: "dt-referral", external_id: null, files: null })
        expect(yield* collect(Documents.listStream({ patientId }))).toEqual([changed])
        expect(yield* Documents.get({ patientId, documentSummaryId })).toEqual(changed)

        const gone = yield* wire("DELETE", `${path}/${documentSummaryId}`)
        expect([gone.status, gone.text]).toEqual([200, ""])
        const missing = yield* wire("GET", `${path}/${documentSummaryId}`)
        expect([...refusal(missing), missing.json[0].details]).toEqual([
          404,
          "DT_RECORD_NOT_FOUND",
          { patientId, cdtRecordId: documentSummaryId, cdtName: "_document_summary" }
        ])
        const empty = yield* wire("GET", path)
        expect(empty.json).toMatchObject({ name: "_document_summary", data: { content: [], totalPages: 0, last: true } })
        expect((yield* wire("POST", path, { body: { type: "dt-nothing" } })).status).toBe(400)
        expect((yield* wire("POST", path, { body: {} })).status).toBe(400)
      })
    )
  )

  it.effect("files are uploaded byte for byte, and downloaded again", () =>
    within(
      Effect.gen(function* () {
        const patientId = yield* patient
        const { id: documentSummaryId } = yield* Documents.create({ patientId, body: { type: "doc-type-others" } })
        const place = { patientId, documentSummaryId }
        const file = (name: string, contentType: string, content: Uint8Array) => ({ name, contentType, content: Stream.make(content) })
        const first = yield* DocumentFiles.upload({
          ...place,
          body: [file("計画 “1”.pdf", "application/pdf", bytes), file("empty.PNG", "image/png", new Uint8Array())]
        })
        expect(first).toMatchObject([
          { originalName: "計画 “1”.pdf", size: bytes.length, contentType: "application/pdf" },
          { originalName: "empty.PNG", size: 0, contentType: "image/png" }
        ])
        const second = yield* DocumentFiles.upload({ ...place, body: [file("b.jpg", "image/jpeg", bytes.subarray(0, 3))] })
        expect((yield* Documents.get(place)).jsonBody.files).toEqual([...first, ...second])
        expect(yield* read({ ...place, fileId: first[0]!.id })).toEqual([...bytes])
        expect(yield* read({ ...place, fileId: second[0]!.id })).toEqual([0, 1, 2])

        const told = yield* wire("GET", `/patients/${patientId}/document-summary/${documentSummaryId}/files/${second[0]!.id}`)
        expect(told.headers).toMatchObject({ "content-type": "image/jpeg", "content-length": "3", "cache-control": "no-store" })
        expect(told.headers).not.toHaveProperty("content-disposition")
        const refused = yield* Effect.exit(DocumentFiles.upload({ ...place, body: [file("run.exe", "application/pdf", bytes)] }))
        expect(refused._tag).toBe("Failure")
        const { id: other } = yield* Documents.create({ patientId, body: { type: "doc-type-others" } })
        const elsewhere = yield* wire("GET", `/patients/${patientId}/document-summary/${other}/files/${second[0]!.id}`)
        expect(elsewhere.status).toBe(404)
      })
    )
  )

  it.effect("the record of a document's type is created once, replaced and deleted", () =>
    within(
      Effect.gen(function* () {
        const patientId = yield* patient
        const { id: documentSummaryId } = yield* Documents.create({ patientId, body: { type: "dt-referral" } })
        const place = { patientId, documentSummaryId, documentTypeName: "dt-referral" }
        const path = `/patients/${patientId}/document-summary/${documentSummaryId}`
        expect(refusal(yield* wire("GET", `${path}/dt-referral`))).toEqual([404, "DT_RECORD_NOT_FOUND"])
        const raw = yield* wire("POST", `${path}/dt-referral`, { body: { "dtf-clinic": "Sample", "dtf-urgent": true } })
        expect(raw.status).toBe(201)
        expect(raw.json.jsonBody).toMatchObject({
          "dtf-clinic": "Sample",
          "dtf-urgent": true,
          "dtf-reason": null,
          source_type: "DOCUMENT_SUMMARY",
          source_name: "DOCUMENT_SUMMARY",
          source_id: documentSummaryId
        })
        expect((yield* wire("POST", `${path}/dt-referral`, { body: {} })).status).toBe(400)
        expect((yield* wire("GET", `${path}/doc-type-others`)).status).toBe(400)
        const replaced = yield* DocumentRecords.update({ ...place, body: { "dtf-reason": "sleep" } })
        expect(replaced.jsonBody).toMatchObject({ "dtf-reason": "sleep", "dtf-clinic": null })
        expect(yield* DocumentRecords.get(place)).toEqual(replaced)
        expect((yield* wire("PUT", `${path}/dt-referral`, { body: { "dtf-urgent": "yes" } })).status).toBe(400)
        yield* DocumentRecords.remove(place)
        expect((yield* wire("GET", `${path}/dt-referral`)).status).toBe(404)
      })
    )
  )

  it.effect("seeded documents come with bytes of the size they say, the same on every look", () =>
    within(
      Effect.gen(function* () {
        const patients = yield* collect(Patients.listStream())
        const documents = (yield* Effect.forEach(patients, ({ id }) => collect(Documents.listStream({ patientId: id, size: 1 })))).flat()
        expect(documents.length).toBeGreaterThan(20)
        const withoutFiles = documents.filter(({ jsonBody }) => jsonBody.files === null)
        expect(withoutFiles.length).toBeGreaterThan(2)
        expect(withoutFiles.length).toBeLessThan(documents.length - 5)
        for (const { id: documentSummaryId, jsonBody, patientId } of documents) {
          for (const { id: fileId, size } of jsonBody.files ?? []) {
            const content = yield* read({ patientId, documentSummaryId, fileId })
            expect(content.length).toBe(size)
            expect(yield* read({ patientId, documentSummaryId, fileId })).toEqual(content)
          }
        }
      }),
      { patients: 24 }
    )
  )
})
