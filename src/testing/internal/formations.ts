/*
 * What the Designer holds: the published formation and the draft of the next one. Only the draft is written, and nothing publishes it.
 */
import * as Either from "effect/Either"
import { bad, type Call, type Handler, notSimulated, objectBody, reads } from "./call.js"
import * as Designer from "./designer.js"
import * as Fields from "./fields.js"
import * as Ids from "./ids.js"
import type { JsonObject } from "./json.js"
import * as Pdts from "./pdts.js"
import { cdtDefinition, once, type Population } from "./population.js"
import { hashText } from "./random.js"
import * as Records from "./records.js"
import * as Reply from "./reply.js"
import * as Table from "./table.js"
import * as World from "./world.js"

interface Definition extends JsonObject {
  readonly name: string
}

interface Formation {
  readonly cdts: ReadonlyArray<Definition>
  readonly documentTypes: ReadonlyArray<Definition>
  readonly encounterDispositions: ReadonlyArray<Definition>
  readonly assessments: ReadonlyArray<Definition>
  readonly encounterTemplates: ReadonlyArray<Definition>
  readonly goalTemplates: ReadonlyArray<Definition>
  readonly programs: ReadonlyArray<Definition>
  readonly dictionaries: ReadonlyArray<Definition>
  readonly pdts: ReadonlyArray<Definition>
}

/** A kind of definition. */
type Kind = keyof Formation

/** Those that say which version they are of. */
const versioned: ReadonlyArray<Kind> = ["cdts", "documentTypes", "encounterDispositions", "assessments"]

// ------------------------------------------------------------------------------------------------------------- what is published

const dataType = (
  name: string,
  relation: string,
  fields: ReadonlyArray<Fields.Definition>,
  { isOpen = true, label = null, title = null }: { readonly isOpen?: boolean; readonly label?: unknown; readonly title?: unknown } = {}
): Definition => ({
  id: cdtDefinition(name).cdtId,
  name,
  title,
  label,
  internal: relation !== "COMMON",
  readable: isOpen,
  updatable: isOpen,
  type: "MULTI_RECORD",
  relation,
  fields: [...fields, ...Fields.system],
  _containsPHI: fields.some(({ phi }) => phi)
})

const dispositionName = "__encounter_disposition__"

/** What an assessment has that is not said. */
const assessmentBlank = {
  scoring: null,
  programs: [],
  template: null,
  conditionSettings: null,
  displayType: "SECTIONS",
  autoCompleted: false
}

const assessmentId = (name: string) => Ids.named(hashText(`assessment ${name}`))

const assessment = ({ name, questions, title }: Designer.Assessment): Definition => ({
  id: assessmentId(name),
  title,
  name,
  sections: [
    {
      title,
      name: "section-1",
      order: 0,
      fields: [
        ...Object.entries(questions).map(([key, { label }], order) => {
          const [refCdtName, refCdtFieldName] = Designer.answerPlace(key)
          const meta = { type: "select", required: order === 0 }
          const prePopulatedValue = order === 0 ? null : { type: "PREVIOUS_ASSESSMENT" }
          return { label, name: "", refCdtName, refCdtFieldName, order, viewType: "question", meta, prePopulatedValue, attachments: [] }
        }),
        {
          label: "<p>Thank you – Danke – ありがとう</p>",
          name: "section-0-field-0",
          refCdtName: "",
          refCdtFieldName: "",
          order: Object.keys(questions).length,
          viewType: "readOnly",
          meta: { type: "", required: false },
          prePopulatedValue: null,
          attachments: []
        }
      ]
    }
  ],
  ...assessmentBlank,
  scoring: { formula: "SUM", groups: [] },
  conditionSettings: { elements: [], events: [] },
  _containsPHI: false
})

/** What an encounter template has that is not said. */
const templateBlank = (name: string) => ({
  title: name,
  encounterDescription: "",
  encounterInstruction: "",
  encounterColor: "#336699",
  type: name,
  deliveryMethod: "VIDEO",
  defaultDuration: 30,
  assessmentNames: []
})

const templateId = (name: string) => Ids.named(hashText(`encounter template ${name}`))

/** Phases come as the Designer keeps them: start and end first, not in the order of treatment. */
const program = ({ name, phases, title }: Designer.Program): Definition => {
  const shown = phases.map((phase, at) => ({
    name: phase.name,
    title: phase.title,
    type: at === 0 ? "START" : at === phases.length - 1 ? "FINISH" : "DEFAULT",
    description: "",
    autoFinishProgram: false,
    navigateTo: phases.slice(at + 1, at + 2).map((next) => ({ name: next.name }))
  }))
  const rank = ["START", "FINISH", "DEFAULT"]
  return {
    name,
    title,
    description: "",
    phases: shown.toSorted((one, other) => rank.indexOf(one.type) - rank.indexOf(other.type)),
    nodes: [
      ...shown.map(({ name: id, title: label, type }, at) => ({
        id,
        data: { type, label },
        type: "graphNode",
        position: { x: 10 + 250 * at, y: at % 2 === 0 ? 10 : -40 }
      })),
      ...shown.flatMap(({ name: source, navigateTo }) =>
        navigateTo.map(({ name: target }) => ({
          id: `edge-${source}-${target}`,
          type: "smoothstep",
          source,
          target,
          animated: true,
          sourceHandle: `HandleSrcRight_${source}`,
          targetHandle: `HandleTargetLeft_${target}`,
          arrowHeadType: "arrowclosed"
        }))
      )
    ]
  }
}

const published = ({ dataTypes }: Population): Formation => ({
  cdts: Object.entries(dataTypes).map(([name, fields]) => dataType(name, "COMMON", Fields.own(fields))),
  documentTypes: Designer.documentTypes.map(({ fields, name, ...titles }) => dataType(name, "DOCUMENT_TYPE", Fields.own(fields), titles)),
  encounterDispositions: [
    dataType(
      dispositionName,
      "ENCOUNTER_DISPOSITION",
      Fields.own(Object.fromEntries(Designer.dispositionFields.map((name) => [name, { type: "textarea" }]))),
      { title: "Encounter disposition" }
    )
  ],
  assessments: Designer.assessments.map(assessment),
  encounterTemplates: Designer.encounterTemplates.map(({ name, ...template }, at) => ({
    id: templateId(name),
    name,
    ...templateBlank(name),
    ...(at === 0 ? { type: "Async", encounterInstruction: "<p>Review the chart.</p>" } : {}),
    ...template
  })),
  goalTemplates: Designer.goalTemplates.map((template, at) => ({
    ...template,
    taskTemplates: [
      { name: "ttmp-check-in", subjectConfig: at % 2 === 0 ? { type: "ROLE", roleName: "nurse" } : { type: "POINT_OF_CONTACT" } }
    ].slice(0, at)
  })),
  programs: Designer.programs.map(program),
  dictionaries: Designer.dictionaries.map(({ fields, internal, name, title }) => ({
    name,
    title,
    internal,
    fields: fields.map((field) => ({ name: field, type: "text" }))
  })),
  pdts: Object.entries(Pdts.types).map(([name, { contactable, fields }]) => ({
    id: null,
    name,
    title: null,
    constant: false,
    internal: false,
    readable: true,
    updatable: true,
    contactable,
    type: "MULTI_RECORD",
    sourceType: "INTERNAL",
    externalSourceType: null,
    fields: [...Fields.own(fields), ...Fields.system].map((field) => ({ ...field, richTextEnabled: false })),
    _containsPHI: false
  }))
})

/** A table of one record: the draft, which begins as what is published. */
const draft: Table.Kind<Formation> = {
  name: "draft",
  base: once((population) => {
    const formation = published(population)
    return Table.base({
      span: 1,
      ids: { encode: () => "draft", decode: () => undefined },
      at: () => formation,
      ranks: 0,
      ranked: (rank) => rank,
      changedAt: () => 0
    })
  }),
  idOf: () => "draft",
  changedAt: () => 0
}

// ---------------------------------------------------------------------------------------------------------------------- reading

interface Version {
  readonly formation: Formation
  readonly version: number
}

const draftOf = (world: World.World): Version => ({
  formation: Table.at(World.table(world, draft), 0)!,
  version: Designer.formationVersion + 1
})

const versionAt = (call: Call, world: World.World): Reply.Or<Version> => {
  const text = call.path.version!
  if (text === "draft") return Either.right(draftOf(world))
  if (text !== "current" && !/^[1-9]\d*$/.test(text)) return bad(call, "A version is current, draft or a number.")
  const version = text === "current" ? Designer.formationVersion : Number(text)
  if (version > Designer.formationVersion) return Records.missing(call, "There is no such version.")
  if (version < Designer.formationVersion) return notSimulated(call, "Versions before the published one are not simulated.")
  return Either.right({ formation: draft.base(world.setting.population).at(0)!, version })
}

const view = (kind: Kind, version: number, definition: Definition): JsonObject =>
  versioned.includes(kind) ? { ...definition, version } : definition

/** The published definition of a custom data type. */
export const customDataType = (population: Population, cdtName: string): JsonObject | undefined => {
  const found = draft
    .base(population)
    .at(0)!
    .cdts.find(({ name }) => name === cdtName)
  return found === undefined ? undefined : view("cdts", Designer.formationVersion, found)
}

const listing = (kind: Kind) =>
  reads((call, world) =>
    Either.map(versionAt(call, world), ({ formation, version }) =>
      Reply.json(
        200,
        formation[kind].map((definition) => view(kind, version, definition))
      )
    )
  )

const named = (call: Call, definitions: ReadonlyArray<Definition>, name: string): Reply.Or<Definition> => {
  const found = definitions.find((definition) => definition.name === name)
  return found === undefined ? Records.missing(call, "There is no such definition.") : Either.right(found)
}

const getting = (kind: Kind, nameOf: (call: Call) => string) =>
  reads((call, world) =>
    Either.gen(function* () {
      const { formation, version } = yield* versionAt(call, world)
      return Reply.json(200, view(kind, version, yield* named(call, formation[kind], nameOf(call))))
    })
  )

/** The hidden data type of an assessment's answers. What its questions offer is what the fields offer that they ask for. */
const getAnswers = reads((call, world) =>
  Either.gen(function* () {
    const { formation, version } = yield* versionAt(call, world)
    const cdtName = call.path.cdtName!
    const { name, sections } = yield* named(call, formation.assessments, cdtName.slice(1))
    const seeded = Designer.assessments.find((one) => one.name === name)?.questions ?? {}
    const questions = (sections as ReadonlyArray<{ readonly fields: ReadonlyArray<JsonObject> }>)
      .flatMap(({ fields }) => fields)
      .filter(({ viewType }) => viewType === "question")
    const fields = questions.flatMap(({ label, meta, refCdtFieldName, refCdtName }) => {
      const key = `${refCdtName}__${refCdtFieldName}`
      const type = (meta as { readonly type: string }).type
      return Fields.own({ [key]: { type: type as never, values: seeded[key]?.values ?? [] } }).map((field) => ({
        ...field,
        meta: { ...(field.meta as JsonObject), label }
      }))
    })
    return cdtName.startsWith("_")
      ? Reply.json(200, view("cdts", version, dataType(cdtName, "ASSESSMENT", fields, { isOpen: false })))
      : yield* Records.missing(call, "There is no such definition.")
  })
)

// ---------------------------------------------------------------------------------------------------------------------- writing

/** What becomes of a body. */
type Make = (call: Call, body: JsonObject) => Reply.Or<Definition>

const making =
  (checks: { readonly [field: string]: Records.Check }, required: ReadonlyArray<string>, make: (given: JsonObject) => JsonObject): Make =>
  (call, body) =>
    Either.map(Records.taken(call, body, { name: Records.isText, ...checks }, ["name", ...required]), (given) => make(given) as Definition)

const isNameList: Records.Check = (value) => Array.isArray(value) && value.every((one) => typeof one.name === "string")
const isFieldList: Records.Check = (value) =>
  isNameList(value) && (value as ReadonlyArray<JsonObject>).every(({ type }) => Records.isText(type))
const isNumber: Records.Check = (value) => typeof value === "number"
const isAnything: Records.Check = () => true

const ownFields = (fields: unknown): ReadonlyArray<Fields.Definition> =>
  (fields as ReadonlyArray<JsonObject & { readonly name: string }>).flatMap(({ name, type, ...given }) =>
    Fields.own({ [name]: { type: type as never } }).map((field) => ({
      ...field,
      ...given,
      meta: { ...(field.meta as JsonObject), ...(given.meta as JsonObject | undefined) }
    }))
  )

const makeDocumentType = making(
  { title: Records.isText, label: Records.orNull(Records.isText), fields: isFieldList },
  ["title", "fields"],
  ({ fields, label, name, title }) => dataType(name as string, "DOCUMENT_TYPE", ownFields(fields), { title, label: label ?? null })
)

const makeDisposition = making({ name: Records.isOneOf(dispositionName), fields: isFieldList }, ["fields"], ({ fields }) =>
  dataType(dispositionName, "ENCOUNTER_DISPOSITION", ownFields(fields), { title: "Encounter disposition" })
)

const makeAssessment = making(
  {
    title: Records.isText,
    sections: isNameList,
    ...Object.fromEntries(Object.keys(assessmentBlank).map((field) => [field, isAnything]))
  },
  ["title", "sections"],
  (given) => ({ id: assessmentId(given.name as string), ...assessmentBlank, ...given, _containsPHI: false })
)

const makeTemplate = making(
  {
    title: Records.isText,
    encounterDescription: Records.isText,
    encounterInstruction: Records.isText,
    encounterColor: Records.isText,
    type: Records.isText,
    deliveryMethod: Records.isText,
    defaultDuration: isNumber,
    assessmentNames: Records.isWords
  },
  [],
  (given) => ({ id: templateId(given.name as string), ...templateBlank(given.name as string), ...given })
)

/** A phase that leads nowhere is an end. */
const makeProgram = making(
  { title: Records.isText, description: Records.isText, phases: isNameList, nodes: isAnything },
  ["title", "phases"],
  (given) => ({
    description: "",
    nodes: null,
    ...given,
    phases: (given.phases as ReadonlyArray<JsonObject>).map((phase, at) => ({
      description: "",
      navigateTo: null,
      type: at === 0 ? "START" : Array.isArray(phase.navigateTo) && phase.navigateTo.length > 0 ? "DEFAULT" : "FINISH",
      autoFinishProgram: false,
      ...phase
    }))
  })
)

const makeDictionary = making({ title: Records.isText, fields: isFieldList }, ["title", "fields"], (given) => ({
  internal: false,
  ...given
}))

/** What comes with every instance stays as it is. */
const fixed: { readonly [kind in Kind]?: ReadonlyArray<string> } = {
  documentTypes: Designer.documentTypes.flatMap(({ label, name }) => (label === null ? [] : [name])),
  dictionaries: Designer.dictionaries.flatMap(({ builtIn, name }) => (builtIn ? [name] : []))
}

const drafted = (call: Call, world: World.World, kind: Kind, definitions: ReadonlyArray<Definition>): World.World =>
  World.replace(world, call.now, draft, 0, () => ({ ...draftOf(world).formation, [kind]: definitions }))[1]

const creating =
  (kind: Kind, make: Make): Handler =>
  (call, world) =>
    Either.gen(function* () {
      const { formation, version } = draftOf(world)
      const made = yield* make(call, yield* objectBody(call))
      const isTaken = formation[kind].some(({ name }) => name === made.name)
      if (isTaken) return yield* bad(call, "There is a definition of that name.", { field: "name" })
      return [Reply.json(201, view(kind, version, made)), drafted(call, world, kind, [...formation[kind], made])] as const
    })

/** The definition to change. */
const changeable = (call: Call, world: World.World, kind: Kind, name: string): Reply.Or<Definition> =>
  Either.flatMap(named(call, draftOf(world).formation[kind], name), (definition) =>
    fixed[kind]?.includes(name) === true ? bad(call, "What comes with every instance cannot be changed.") : Either.right(definition)
  )

const updating =
  (kind: Kind, nameOf: (call: Call) => string, make: Make): Handler =>
  (call, world) =>
    Either.gen(function* () {
      const name = nameOf(call)
      yield* changeable(call, world, kind, name)
      const { formation, version } = draftOf(world)
      const made = yield* make(call, yield* objectBody(call))
      if (made.name !== name) return yield* bad(call, "A name cannot be changed.", { field: "name" })
      const definitions = formation[kind].map((definition) => (definition.name === name ? made : definition))
      return [Reply.json(200, view(kind, version, made)), drafted(call, world, kind, definitions)] as const
    })

const removing =
  (kind: Kind, nameOf: (call: Call) => string): Handler =>
  (call, world) =>
    Either.map(changeable(call, world, kind, nameOf(call)), ({ name }) => [
      Reply.empty(200),
      drafted(
        call,
        world,
        kind,
        draftOf(world).formation[kind].filter((definition) => definition.name !== name)
      )
    ])

const slot = (name: string) => (call: Call) => call.path[name]!

export const handlers = {
  "cdtFormations.list": listing("cdts"),
  "cdtFormations.get": getting("cdts", slot("cdtName")),
  "documentTypes.list": listing("documentTypes"),
  "documentTypes.get": getting("documentTypes", slot("documentTypeName")),
  "documentTypes.create": creating("documentTypes", makeDocumentType),
  "documentTypes.update": updating("documentTypes", slot("documentTypeName"), makeDocumentType),
  "documentTypes.remove": removing("documentTypes", slot("documentTypeName")),
  "encounterDispositionFormation.get": getting("encounterDispositions", () => dispositionName),
  "encounterDispositionFormation.update": updating("encounterDispositions", () => dispositionName, makeDisposition),
  "assessmentFormations.list": listing("assessments"),
  "assessmentFormations.get": getting("assessments", slot("assessmentName")),
  "assessmentFormations.getCdt": getAnswers,
  "assessmentFormations.create": creating("assessments", makeAssessment),
  "assessmentFormations.update": updating("assessments", slot("assessmentName"), makeAssessment),
  "assessmentFormations.remove": removing("assessments", slot("assessmentName")),
  "encounterTemplates.list": listing("encounterTemplates"),
  "encounterTemplates.get": getting("encounterTemplates", slot("encounterTemplateName")),
  "encounterTemplates.create": creating("encounterTemplates", makeTemplate),
  "encounterTemplates.update": updating("encounterTemplates", slot("encounterTemplateName"), makeTemplate),
  "encounterTemplates.remove": removing("encounterTemplates", slot("encounterTemplateName")),
  "goalTemplates.list": listing("goalTemplates"),
  "goalTemplates.get": getting("goalTemplates", slot("goalTemplateName")),
  "programFormations.list": listing("programs"),
  "programFormations.get": getting("programs", slot("programName")),
  "programFormations.create": creating("programs", makeProgram),
  "programFormations.update": updating("programs", slot("programName"), makeProgram),
  "programFormations.remove": removing("programs", slot("programName")),
  "dictionaryFormations.list": listing("dictionaries"),
  "dictionaryFormations.get": getting("dictionaries", slot("dictionaryName")),
  "dictionaryFormations.create": creating("dictionaries", makeDictionary),
  "dictionaryFormations.update": updating("dictionaries", slot("dictionaryName"), makeDictionary),
  "dictionaryFormations.remove": removing("dictionaries", slot("dictionaryName")),
  "pdtFormations.list": listing("pdts"),
  "pdtFormations.get": getting("pdts", slot("pdtName"))
}
