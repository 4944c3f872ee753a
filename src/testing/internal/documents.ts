import * as Either from "effect/Either"
import * as Authorship from "./authorship.js"
import { bad, type Call, type Handler, objectBody, reads } from "./call.js"
import * as Cdts from "./cdts.js"
import * as Designer from "./designer.js"
import * as Envelopes from "./envelopes.js"
import type { JsonObject } from "./json.js"
import * as Multipart from "./multipart.js"
import * as Patients from "./patients.js"
import { cdtDefinition, type Population, type Seedling } from "./population.js"
import { hashText, mix } from "./random.js"
import * as Records from "./records.js"
import * as Reply from "./reply.js"
import * as World from "./world.js"

interface DataRecord extends JsonObject {
  readonly id: string
  readonly patientId: string
  readonly jsonBody: JsonObject & { readonly updated_at: string }
}

/** A stored file: what its document says of it, and its bytes where somebody uploaded them. */
interface StoredFile {
  readonly id: string
  readonly facts: JsonObject & { readonly size: number; readonly contentType: string | null }
  readonly bytes: Uint8Array | undefined
}

/** How many documents a patient came with at most. Each has as much as one file and one record of its type. */
const slots = 2

const summaryName = "_document_summary"

const contentTypes = { jpg: "image/jpeg", jpeg: "image/jpeg", png: "image/png", pdf: "application/pdf" } as const

const factsOf = (file: { readonly id: string; readonly patientId: string; readonly name: string; readonly size: number }) => ({
  id: file.id,
  size: file.size,
  storageKey: `simulated/patients/${file.patientId}/${file.id}`,
  originalName: file.name
})

/** The bytes of a file that came with the population: the mark of its type, then anything. */
const bytesOf = (facts: StoredFile["facts"]): Uint8Array => {
  const marks = { "application/pdf": [37, 80, 68, 70, 45], "image/png": [137, 80, 78, 71, 13, 10, 26, 10] } as const
  const mark: ReadonlyArray<number> = marks[facts.contentType as keyof typeof marks] ?? [255, 216, 255]
  const key = hashText(String(facts.id))
  return Uint8Array.from({ length: facts.size }, (_, at) => mark[at] ?? mix(key, at) & 255)
}

/** The files of all documents. */
const files = Records.kind<StoredFile>({
  name: "documentFiles",
  slots,
  make: ({ draws, id, index, patientId }) => {
    if (!draws.chance(60)) return undefined
    const [name, contentType] = draws.pick([
      [`plan-${index}.pdf`, "application/pdf"],
      [`Überweisung – ${index}.pdf`, "application/pdf"],
      [`画像 ${index}.png`, "image/png"],
      [`scan_${index}.JPG`, "image/jpeg"],
      // files of 2022 have no type
      [`old-${index}.pdf`, null]
    ] as const)
    const size = draws.chance(5) ? 200_000 + draws.below(100_000) : 16 + draws.below(4_000)
    return { id, facts: { ...factsOf({ id, patientId, name, size }), size, contentType }, bytes: undefined }
  },
  changedAt: () => "",
  patientOf: () => undefined
})

const authored = (
  { createdAt, draws, updatedAt }: Pick<Seedling, "createdAt" | "draws" | "updatedAt">,
  authors: Population["authors"]
): JsonObject => {
  const [[id, name], [otherId, otherName]] = [draws.pick(authors), draws.pick(authors)]
  return { ...Authorship.rowCreated({ id, name }, createdAt), ...Authorship.rowUpdated({ id: otherId, name: otherName }, updatedAt) }
}

/** The documents of all patients. */
export const kind = Records.kind<DataRecord>({
  name: "documentSummaries",
  slots,
  make: (seedling, population) => {
    const { draws, id, index, patientId } = seedling
    if (!draws.chance(70)) return undefined
    const file = files.base(population).at(index)
    return {
      id,
      patientId,
      ...cdtDefinition(summaryName),
      jsonBody: {
        ...Cdts.systemFields,
        ...authored(seedling, population.authors),
        id,
        external_id: draws.maybe(20, () => `doc/${index}~a`),
        type: draws.pick(Designer.documentTypes).name,
        // null, not an empty list
        files: file === undefined ? null : [file.facts]
      } as unknown as DataRecord["jsonBody"],
      cdtName: summaryName
    }
  },
  changedAt: ({ jsonBody }) => jsonBody.updated_at,
  patientOf: ({ patientId }) => patientId
})

const typeNamed = (name: unknown) => Designer.documentTypes.find((type) => type.name === name)

/** The records that hold the fields of a document's type: one for a document, if any. */
const typed = Records.kind<DataRecord>({
  name: "documentTypeRecords",
  slots,
  make: (seedling, population) => {
    const { draws, id, index, patientId } = seedling
    const summary = kind.base(population).at(index)
    if (summary === undefined || !draws.chance(60)) return undefined
    const { fields, name } = typeNamed(summary.jsonBody.type)!
    const values: { readonly [field: string]: unknown } = {
      notes: draws.maybe(80, () => "Signed copy. Vu et signé.\n".repeat(1 + draws.below(20))),
      "dtf-clinic": draws.maybe(80, () => "Sample Clinic – Musterhaus"),
      "dtf-urgent": draws.chance(30),
      "dtf-received-on": draws.maybe(80, () => `2024-0${1 + draws.below(9)}-1${draws.below(10)}`),
      "dtf-reason": draws.pick(["sleep", "surgery", "other", null])
    }
    return {
      id,
      patientId,
      ...cdtDefinition(name),
      jsonBody: {
        ...Cdts.systemFields,
        ...authored(seedling, population.authors),
        id,
        ...Object.fromEntries(Object.keys(fields).map((field) => [field, values[field]])),
        ...sourced(summary.id)
      } as unknown as DataRecord["jsonBody"],
      cdtName: name
    }
  },
  changedAt: ({ jsonBody }) => jsonBody.updated_at,
  patientOf: ({ patientId }) => patientId
})

/** Where a type's record comes from. */
const sourced = (summaryId: string) => ({ source_type: "DOCUMENT_SUMMARY", source_name: "DOCUMENT_SUMMARY", source_id: summaryId })

const missing = (call: Call, cdtRecordId: string | undefined, cdtName: string): Reply.Or<never> =>
  Reply.refuse(
    Reply.problem(call.now, {
      status: 404,
      errorCode: "DT_RECORD_NOT_FOUND",
      componentType: "CDT",
      message: "There is no such record.",
      details: { patientId: call.path.patientId, cdtRecordId, cdtName }
    })
  )

const existing = (call: Call, world: World.World): Reply.Or<Records.Found<DataRecord>> =>
  Either.flatMap(Patients.existing(call, world), ({ patient }) => {
    const found = Records.byId(world, kind, call.path.documentSummaryId!)
    return found?.record.patientId === patient.id ? Either.right(found) : missing(call, call.path.documentSummaryId, summaryName)
  })

const get = reads((call, world) => Either.map(existing(call, world), ({ record }) => Reply.json(200, record)))

const list = reads((call, world) =>
  Either.gen(function* () {
    const sourceId = call.query.get("sourceId")
    const documents = Records.ofPatient(world, kind, yield* Patients.existing(call, world)).flatMap(({ record }) =>
      sourceId === null || record.jsonBody.source_id === sourceId ? [record] : []
    )
    const { content, numbers, total } = yield* Records.page(call, documents, ({ jsonBody }) => jsonBody)
    return Reply.jsonText(200, `{"name":"${summaryName}","data":${Envelopes.spring(content, numbers, total)}}`)
  })
)

/** The fields of a document that a caller may write. */
const asked = (call: Call, required: ReadonlyArray<string>): Reply.Or<JsonObject> =>
  Either.gen(function* () {
    const ownId = Records.orNull(Records.isText)
    const checks = { type: Records.isText, external_id: ownId, external_guid: ownId }
    const given = yield* Records.taken(call, yield* objectBody(call), checks, required)
    const isKnown = given.type === undefined || typeNamed(given.type) !== undefined
    return isKnown ? given : yield* bad(call, "There is no such document type.", { field: "type" })
  })

const create: Handler = (call, world) =>
  Either.gen(function* () {
    const { patient } = yield* Patients.existing(call, world)
    const given = yield* asked(call, ["type"])
    const [document, next] = World.create(world, call.now, kind, (id, at) => ({
      id,
      patientId: patient.id,
      ...cdtDefinition(summaryName),
      jsonBody: { ...Cdts.systemFields, ...Authorship.rowCreated(Authorship.caller(world.setting), at), files: null, ...given, id },
      cdtName: summaryName
    }))
    return [Reply.json(201, document), next] as const
  })

/** Writes into a record's body. */
const changed = (call: Call, world: World.World, of: Records.Kind<DataRecord>, found: Records.Found<DataRecord>, fields: JsonObject) =>
  World.replace(world, call.now, of, found.index, (at) => ({
    ...found.record,
    jsonBody: { ...found.record.jsonBody, ...Authorship.rowUpdated(Authorship.caller(world.setting), at), ...fields }
  }))

/** Replaces a document's fields: the type stays where none is given, and the files always. */
const update: Handler = (call, world) =>
  Either.gen(function* () {
    const found = yield* existing(call, world)
    const given = yield* asked(call, [])
    const [document, next] = changed(call, world, kind, found, { external_id: null, external_guid: null, ...given })
    return [Reply.json(200, document), next] as const
  })

const remove: Handler = (call, world) =>
  Either.map(existing(call, world), ({ index }) => [Reply.empty(200), World.remove(world, kind, index)])

// ------------------------------------------------------------------------------------------------------------------------ files

const extension = (name: string): string => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ""

/** Adds files to those that are there. The answer holds the new ones alone. */
const upload: Handler = (call, world) =>
  Either.gen(function* () {
    const found = yield* existing(call, world)
    const parts = yield* Multipart.parts(call)
    if (parts.length === 0 || parts.some(({ fileName, name }) => name !== "files" || fileName === undefined)) {
      return yield* bad(call, "A form holds files, and nothing else.", { field: "files" })
    }
    const isRefused = ({ fileName }: Multipart.Part) => !Object.hasOwn(contentTypes, extension(fileName!))
    if (parts.some(isRefused)) return yield* bad(call, "Only jpg, jpeg, png and pdf are taken.", { field: "files" })
    let next = world
    const added: Array<StoredFile["facts"]> = []
    for (const { bytes, contentType = null, fileName } of parts) {
      const [{ facts }, after] = World.create(next, call.now, files, (id) => {
        const size = bytes.length
        return { id, facts: { ...factsOf({ id, patientId: found.record.patientId, name: fileName!, size }), size, contentType }, bytes }
      })
      next = after
      added.push(facts)
    }
    const before = (found.record.jsonBody.files ?? []) as ReadonlyArray<JsonObject>
    return [Reply.json(201, added), changed(call, next, kind, found, { files: [...before, ...added] })[1]] as const
  })

/** The bytes without their name. */
const download = reads((call, world) =>
  Either.gen(function* () {
    const { record } = yield* existing(call, world)
    const { fileId } = call.path
    const isListed = ((record.jsonBody.files ?? []) as ReadonlyArray<JsonObject>).some(({ id }) => id === fileId)
    const file = isListed ? Records.byId(world, files, fileId!)?.record : undefined
    if (file === undefined) return yield* Records.missing(call, "There is no such file.")
    const { bytes = bytesOf(file.facts), facts } = file
    return {
      status: 200,
      // recorded as it stands, odd value included
      headers: { "content-type": facts.contentType ?? "application/octet-stream", "accept-ranges": "true" },
      body: bytes,
      framing: "length" as const
    }
  })
)

// --------------------------------------------------------------------------------------------------- the fields of a document's type

/** A document, and the record of its type. */
interface Place {
  readonly summary: DataRecord
  readonly type: Designer.DocumentType
  readonly found: Records.Found<DataRecord> | undefined
}

/** The type in the path must be that of the document. */
const place = (call: Call, world: World.World): Reply.Or<Place> =>
  Either.gen(function* () {
    const { record: summary } = yield* existing(call, world)
    const type = typeNamed(call.path.documentTypeName)
    if (type === undefined || summary.jsonBody.type !== type.name) {
      return yield* bad(call, "The document is of another type.", { parameter: "documentTypeName" })
    }
    const records = Records.ofPatient(world, typed, yield* Patients.existing(call, world))
    const found = records.find(({ record }) => record.jsonBody.source_id === summary.id && record.cdtName === type.name)
    return { summary, type, found }
  })

const recorded = (call: Call, world: World.World): Reply.Or<Place & { readonly found: Records.Found<DataRecord> }> =>
  Either.flatMap(place(call, world), ({ found, ...rest }) =>
    found === undefined ? missing(call, undefined, rest.type.name) : Either.right({ ...rest, found })
  )

const blank = ({ fields }: Designer.DocumentType): JsonObject => Object.fromEntries(Object.keys(fields).map((field) => [field, null]))

const getRecord = reads((call, world) => Either.map(recorded(call, world), ({ found }) => Reply.json(200, found.record)))

const createRecord: Handler = (call, world) =>
  Either.gen(function* () {
    const { found, summary, type } = yield* place(call, world)
    if (found !== undefined) return yield* bad(call, "The document has its record already.")
    const given = yield* Cdts.asked(call, type, yield* objectBody(call))
    const [record, next] = World.create(world, call.now, typed, (id, at) => ({
      id,
      patientId: summary.patientId,
      ...cdtDefinition(type.name),
      jsonBody: {
        ...Cdts.systemFields,
        ...blank(type),
        ...Authorship.rowCreated(Authorship.caller(world.setting), at),
        ...given,
        ...sourced(summary.id),
        id
      },
      cdtName: type.name
    }))
    return [Reply.json(201, record), next] as const
  })

const updateRecord: Handler = (call, world) =>
  Either.gen(function* () {
    const { found, type } = yield* recorded(call, world)
    const given = yield* Cdts.asked(call, type, yield* objectBody(call))
    const [record, next] = changed(call, world, typed, found, { ...blank(type), external_id: null, external_guid: null, ...given })
    return [Reply.json(200, record), next] as const
  })

const removeRecord: Handler = (call, world) =>
  Either.map(recorded(call, world), ({ found }) => [Reply.empty(200), World.remove(world, typed, found.index)])

export const handlers = {
  "documents.list": list,
  "documents.get": get,
  "documents.create": create,
  "documents.update": update,
  "documents.remove": remove,
  "documentFiles.upload": upload,
  "documentFiles.download": download,
  "documentRecords.get": getRecord,
  "documentRecords.create": createRecord,
  "documentRecords.update": updateRecord,
  "documentRecords.remove": removeRecord
}
