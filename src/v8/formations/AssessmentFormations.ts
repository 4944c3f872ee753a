/**
 * The formation is an instance's configuration made in the designer: data types, assessments, encounter templates, goal templates,
 * programs, dictionaries. It exists as a published version (current), a draft and numbered versions; everything is addressed by
 * name. Reading works on any version, writing on the draft. Besides models and endpoints this file holds four lists for a code
 * generator: kinds, fieldTypes, systemFields and namingPrefixes. Definitions of profile types (/pdts) are in the area pdts.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../../Codecs.js"
import * as Pagination from "../../Pagination.js"
import * as Endpoint from "../endpoint.js"
import { CdtFormation } from "./CdtFormations.js"
import { Version } from "./Version.js"

/**
 * Input settings of a question.
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentFieldMeta = Codecs.open<AssessmentFieldMeta>()({
  /** Repeats the type of the CDT field (equal in all recordings); EMPTY STRING on read-only lines. Any field type may occur. */
  type: Codecs.openEnum("text", "textarea", "select", "checkbox", "integer", "phone"),
  /** May be stricter than the CDT field's own required. */
  required: Schema.Boolean
})
/**
 * @since 0.1.0
 * @category models
 */
export interface AssessmentFieldMeta extends Schema.Struct.Type<(typeof AssessmentFieldMeta)["fields"]> {}

/**
 * Where an answer is filled in from beforehand.
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentPrePopulatedValue = Codecs.open<AssessmentPrePopulatedValue>()({
  type: Codecs.openEnum("PREVIOUS_ASSESSMENT", "DEFAULT_VALUE"),
  /** With DEFAULT_VALUE only; a string in the one recording. */
  defaultValue: Codecs.optional(Codecs.Json)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface AssessmentPrePopulatedValue extends Schema.Struct.Type<(typeof AssessmentPrePopulatedValue)["fields"]> {}

/**
 * Line of a section: a question bound to a CDT field, or a text to read.
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentField = Codecs.open<AssessmentField>()({
  /** Question text; HTML on read-only lines. */
  label: Schema.String,
  /**
   * Empty on questions; on read-only lines a generated key (section-<n>-field-<n>) that conditions point to; absent in the 2021
   * docs.
   */
  name: Schema.String,
  /** Data type the answer belongs to; needed on questions, empty on read-only lines. */
  refCdtName: Schema.String,
  /**
   * Needed on questions, empty on read-only lines; the pair with refCdtName is unique in an assessment and, in all recordings,
   * exists among the CDT formations.
   */
  refCdtFieldName: Schema.String,
  /** Zero-based within the section; without gaps and equal to the array position in all recordings. */
  order: Schema.Int,
  viewType: Codecs.openEnum("question", "readOnly"),
  meta: AssessmentFieldMeta,
  prePopulatedValue: Schema.NullOr(AssessmentPrePopulatedValue),
  /** Null in a recording of 2022, an empty array in the others, so the item shape is unknown; absent in the 2021 docs. */
  attachments: Schema.NullOr(Schema.Array(Codecs.Json))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface AssessmentField extends Schema.Struct.Type<(typeof AssessmentField)["fields"]> {}

/**
 * Block of questions.
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentSection = Codecs.open<AssessmentSection>()({
  title: Schema.String,
  /** Generated, section-1, section-2…. */
  name: Schema.String,
  /** Zero-based. */
  order: Schema.Int,
  fields: Schema.Array(AssessmentField)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface AssessmentSection extends Schema.Struct.Type<(typeof AssessmentSection)["fields"]> {}

/**
 * Points for one answer.
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentScore = Codecs.open<AssessmentScore>()({
  /** Documented, never recorded. */
  score: Codecs.optional(Schema.Number),
  /** Stored value of the option, not its label; a string in the docs. */
  answer: Codecs.optional(Codecs.Json)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface AssessmentScore extends Schema.Struct.Type<(typeof AssessmentScore)["fields"]> {}

/**
 * Scores of one question.
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentScoringField = Codecs.open<AssessmentScoringField>()({
  /** Documented, never recorded. */
  refCdtName: Codecs.optional(Schema.String),
  /** Documented, never recorded. */
  refCdtFieldName: Codecs.optional(Schema.String),
  /** Field type. Documented, never recorded. */
  type: Codecs.optional(Codecs.openEnum("select")),
  /** Documented, never recorded. */
  scores: Codecs.optional(Schema.Array(AssessmentScore))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface AssessmentScoringField extends Schema.Struct.Type<(typeof AssessmentScoringField)["fields"]> {}

/**
 * Questions scored together.
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentScoringGroup = Codecs.open<AssessmentScoringGroup>()({
  /** Documented, never recorded. */
  name: Codecs.optional(Schema.String),
  /** Documented, never recorded. */
  title: Codecs.optional(Schema.String),
  /** Documented, never recorded. */
  fields: Codecs.optional(Schema.Array(AssessmentScoringField)),
  /** Documented, never recorded. */
  formula: Codecs.optional(Codecs.openEnum("SUM", "AVG"))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface AssessmentScoringGroup extends Schema.Struct.Type<(typeof AssessmentScoringGroup)["fields"]> {}

/**
 * How the score comes about.
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentScoring = Codecs.open<AssessmentScoring>()({
  /** How the group scores are put together: SUM adds, AVG averages; only SUM recorded. */
  formula: Codecs.openEnum("SUM", "AVG"),
  /** Empty in every recording, filled in the docs. */
  groups: Schema.Array(AssessmentScoringGroup)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface AssessmentScoring extends Schema.Struct.Type<(typeof AssessmentScoring)["fields"]> {}

/**
 * Program and phases in which the assessment is offered.
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentProgram = Codecs.open<AssessmentProgram>()({
  /** Program formation name. Documented, never recorded. */
  program: Codecs.optional(Schema.String),
  /** Phase names. Documented, never recorded. */
  phases: Codecs.optional(Schema.Array(Schema.String))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface AssessmentProgram extends Schema.Struct.Type<(typeof AssessmentProgram)["fields"]> {}

/**
 * One test on an answer.
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentCondition = Codecs.open<AssessmentCondition>()({
  type: Codecs.openEnum("EQUAL"),
  refCdtName: Schema.String,
  refCdtFieldName: Schema.String,
  /** String in all recordings. */
  value: Codecs.Json
})
/**
 * @since 0.1.0
 * @category models
 */
export interface AssessmentCondition extends Schema.Struct.Type<(typeof AssessmentCondition)["fields"]> {}

/**
 * Rule that shows a line, question or section.
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentConditionElement = Codecs.open<AssessmentConditionElement>()({
  /** Kind of target; words for questions and sections are unknown. */
  type: Codecs.openEnum("READ_ONLY"),
  action: Codecs.openEnum("SHOW"),
  /** How conditions combine; OR is likely. */
  operation: Codecs.openEnum("AND"),
  conditions: Schema.Array(AssessmentCondition),
  /** Target's name, e.g. section-0-field-3. */
  name: Schema.String
})
/**
 * @since 0.1.0
 * @category models
 */
export interface AssessmentConditionElement extends Schema.Struct.Type<(typeof AssessmentConditionElement)["fields"]> {}

/**
 * Behaviour depending on answers.
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentConditionSettings = Codecs.open<AssessmentConditionSettings>()({
  elements: Schema.Array(AssessmentConditionElement),
  /** Custom events fired by answers; empty in every recording, shape unknown. */
  events: Schema.Array(Codecs.Json)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface AssessmentConditionSettings extends Schema.Struct.Type<(typeof AssessmentConditionSettings)["fields"]> {}

/**
 * Definition of an assessment (questionnaire).
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentFormation = Codecs.open<AssessmentFormation>()({
  id: Codecs.Id,
  title: Schema.String,
  /** Key; usual prefix asm-; fixed once created. */
  name: Schema.String,
  /** Formation version. */
  version: Schema.Int,
  sections: Schema.Array(AssessmentSection),
  /** An object in every recording and in the docs; scoring is optional according to the text, hence nullable by assumption. */
  scoring: Schema.NullOr(AssessmentScoring),
  /** Empty in every recording, filled in the docs. */
  programs: Schema.Array(AssessmentProgram),
  /** Null everywhere; type unknown. */
  template: Schema.NullOr(Codecs.Json),
  /** An object in recordings, null in the docs. */
  conditionSettings: Schema.NullOr(AssessmentConditionSettings),
  /** Absent in the 2021 docs and so optional when decoding. */
  displayType: Codecs.openEnum("SECTIONS"),
  /** Absent in the 2021 docs and so optional when decoding. */
  autoCompleted: Schema.Boolean,
  /** The underscore belongs to the key. */
  _containsPHI: Schema.Boolean
})
/**
 * @since 0.1.0
 * @category models
 */
export interface AssessmentFormation extends Schema.Struct.Type<(typeof AssessmentFormation)["fields"]> {}

/**
 * Body for adding an assessment. No source shows one: the fields are those of the reply without the server-made ones.
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentFormationCreate = Codecs.open<AssessmentFormationCreate>()({
  name: Schema.String,
  title: Schema.String,
  sections: Schema.Array(AssessmentSection),
  scoring: Codecs.optionalNull(AssessmentScoring),
  programs: Codecs.optional(Schema.Array(AssessmentProgram)),
  template: Codecs.optionalNull(Codecs.Json),
  conditionSettings: Codecs.optionalNull(AssessmentConditionSettings),
  displayType: Codecs.optional(Codecs.openEnum("SECTIONS")),
  autoCompleted: Codecs.optional(Schema.Boolean)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface AssessmentFormationCreate extends Schema.Struct.Type<(typeof AssessmentFormationCreate)["fields"]> {}

/**
 * Body for replacing an assessment; same fields as for adding, name equal to the one in the path. No source shows one.
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentFormationUpdate = Codecs.open<AssessmentFormationUpdate>()({
  name: Schema.String,
  title: Schema.String,
  sections: Schema.Array(AssessmentSection),
  scoring: Codecs.optionalNull(AssessmentScoring),
  programs: Codecs.optional(Schema.Array(AssessmentProgram)),
  template: Codecs.optionalNull(Codecs.Json),
  conditionSettings: Codecs.optionalNull(AssessmentConditionSettings),
  displayType: Codecs.optional(Codecs.openEnum("SECTIONS")),
  autoCompleted: Codecs.optional(Schema.Boolean)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface AssessmentFormationUpdate extends Schema.Struct.Type<(typeof AssessmentFormationUpdate)["fields"]> {}

/**
 * List the assessments of a formation version. Full definitions, not summaries: the reply can run to tens of kilobytes.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("assessmentFormations.list", "/{tenant}/{instance}/formations/{version}/assessments", {
  path: { version: Version },
  success: Schema.Array(AssessmentFormation)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link list}.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.list(list)

/**
 * Read one assessment. Answers of an assessment record are keyed <refCdtName>__<refCdtFieldName> (two underscores), so typed
 * answers can be built by joining this definition with the CDT formations.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("assessmentFormations.get", "/{tenant}/{instance}/formations/{version}/assessments/{assessmentName}", {
  path: { version: Version, assessmentName: Codecs.Id },
  success: AssessmentFormation
})

/**
 * Read the hidden data type that stores an assessment's answers or scores. Its own fields are named
 * <refCdtName>__<refCdtFieldName> and carry meta.label; relation ASSESSMENT, readable and updatable false. Records show the name
 * as assessmentCdtName. Records of such a type can also be read under patients/{patientId}/cdts/{cdtName} (third-party recording;
 * jsonBody came back empty there). An assessment with scoring has two such types, one for answers and one for scores. An
 * assessment called cdt would be shadowed by this path.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const getCdt = Endpoint.get("assessmentFormations.getCdt", "/{tenant}/{instance}/formations/{version}/assessments/cdt/{cdtName}", {
  path: { version: Version, cdtName: Codecs.Id },
  success: CdtFormation
})

/**
 * Add an assessment to the draft. Works on the draft only. Creating, publishing or discarding a draft is not in the API; that
 * happens in the designer. Neither body nor reply is documented.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("assessmentFormations.create", "/{tenant}/{instance}/formations/draft/assessments", {
  body: AssessmentFormationCreate,
  success: AssessmentFormation
})

/**
 * Replace an assessment in the draft. Works on the draft only. Creating, publishing or discarding a draft is not in the API; that
 * happens in the designer. The name cannot be changed; make a new assessment instead. Neither body nor reply is documented; both
 * are inferred.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.put("assessmentFormations.update", "/{tenant}/{instance}/formations/draft/assessments/{assessmentName}", {
  path: { assessmentName: Codecs.Id },
  body: AssessmentFormationUpdate,
  success: AssessmentFormation
})

/**
 * Remove an assessment from the draft. Works on the draft only. Creating, publishing or discarding a draft is not in the API; that
 * happens in the designer. No reply is documented; ignore any body.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("assessmentFormations.remove", "/{tenant}/{instance}/formations/draft/assessments/{assessmentName}", {
  path: { assessmentName: Codecs.Id }
})
