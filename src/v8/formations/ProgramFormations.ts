/**
 * Definitions of care programs: their phases, and which may follow which. A program has no id: its name is its key. Which patient
 * is in which phase stands in `PatientPrograms`.
 *
 * Writing works on the draft. A draft is begun, published and discarded in the Designer, not through the API.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../../Codecs.js"
import * as Pagination from "../../Pagination.js"
import * as Endpoint from "../endpoint.js"
import { Version } from "./Version.js"

const PhaseType = Codecs.openEnum("START", "DEFAULT", "FINISH")

/**
 * A phase of the same program, by its name.
 *
 * @since 0.1.0
 * @category models
 */
export const ProgramPhaseRef = Codecs.open<ProgramPhaseRef>()({
  name: Schema.String
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ProgramPhaseRef extends Schema.Struct.Type<(typeof ProgramPhaseRef)["fields"]> {}

/**
 * A phase of a program.
 *
 * @since 0.1.0
 * @category models
 */
export const ProgramFormationPhase = Codecs.open<ProgramFormationPhase>()({
  /** Its key within the program. */
  name: Schema.String,
  title: Schema.String,
  type: Codecs.optional(PhaseType),
  /** May be empty. */
  description: Schema.String,
  autoFinishProgram: Codecs.optional(Schema.Boolean),
  /** The phases that may follow; empty or null at the end. */
  navigateTo: Schema.NullOr(Schema.Array(ProgramPhaseRef))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ProgramFormationPhase extends Schema.Struct.Type<(typeof ProgramFormationPhase)["fields"]> {}

/**
 * What is written on a node of the drawing.
 *
 * @since 0.1.0
 * @category models
 */
export const ProgramGraphNodeData = Codecs.open<ProgramGraphNodeData>()({
  label: Schema.String,
  type: Codecs.optional(PhaseType)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ProgramGraphNodeData extends Schema.Struct.Type<(typeof ProgramGraphNodeData)["fields"]> {}

/**
 * Where a node is drawn; negative numbers occur.
 *
 * @since 0.1.0
 * @category models
 */
export const ProgramGraphPosition = Codecs.open<ProgramGraphPosition>()({
  x: Schema.Number,
  y: Schema.Number
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ProgramGraphPosition extends Schema.Struct.Type<(typeof ProgramGraphPosition)["fields"]> {}

/**
 * A node of the Designer's drawing, which has a `position`, or an edge, which has a `source` and a `target`. It means nothing to
 * the program; give it back as it came.
 *
 * @since 0.1.0
 * @category models
 */
export const ProgramGraphElement = Codecs.open<ProgramGraphElement>()({
  /** On a node the name of its phase. */
  id: Schema.String,
  type: Codecs.openEnum("graphNode", "smoothstep", "input"),
  data: Codecs.optional(ProgramGraphNodeData),
  position: Codecs.optional(ProgramGraphPosition),
  sourcePosition: Codecs.optional(Schema.String),
  targetPosition: Codecs.optional(Schema.String),
  /** Name of a phase. */
  source: Codecs.optional(Schema.String),
  /** Name of a phase. */
  target: Codecs.optional(Schema.String),
  animated: Codecs.optional(Schema.Boolean),
  sourceHandle: Codecs.optional(Schema.String),
  targetHandle: Codecs.optional(Schema.String),
  arrowHeadType: Codecs.optional(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ProgramGraphElement extends Schema.Struct.Type<(typeof ProgramGraphElement)["fields"]> {}

/**
 * A program.
 *
 * @since 0.1.0
 * @category models
 */
export const ProgramFormation = Codecs.open<ProgramFormation>()({
  name: Schema.String,
  title: Schema.String,
  /** May be empty. */
  description: Schema.String,
  /** In the Designer's order, not in that of treatment: for that follow `navigateTo`. */
  phases: Schema.Array(ProgramFormationPhase),
  /** The Designer's drawing; null on programs made through the API. */
  nodes: Schema.NullOr(Schema.Array(ProgramGraphElement))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ProgramFormation extends Schema.Struct.Type<(typeof ProgramFormation)["fields"]> {}

/**
 * A phase to define.
 *
 * @since 0.1.0
 * @category models
 */
export const ProgramFormationPhaseInput = Codecs.closed<ProgramFormationPhaseInput>()({
  name: Schema.String,
  title: Schema.String,
  description: Codecs.optional(Schema.String),
  type: Codecs.optional(PhaseType),
  autoFinishProgram: Codecs.optional(Schema.Boolean),
  navigateTo: Codecs.optionalNull(Schema.Array(ProgramPhaseRef))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ProgramFormationPhaseInput extends Schema.Struct.Type<(typeof ProgramFormationPhaseInput)["fields"]> {}

/**
 * A program to define.
 *
 * @since 0.1.0
 * @category models
 */
export const ProgramFormationInput = Codecs.closed<ProgramFormationInput>()({
  name: Schema.String,
  title: Schema.String,
  description: Codecs.optional(Schema.String),
  /** All of them: a phase that is left out is gone. */
  phases: Schema.Array(ProgramFormationPhaseInput),
  nodes: Codecs.optionalNull(Schema.Array(ProgramGraphElement))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ProgramFormationInput extends Schema.Struct.Type<(typeof ProgramFormationInput)["fields"]> {}

/**
 * All programs in one answer. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("programFormations.list", "/{tenant}/{instance}/formations/{version}/programs", {
  path: { version: Version },
  success: Schema.Array(ProgramFormation)
})

/**
 * Every program. They come in one answer.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.list(list)

/**
 * Reads one program by its name. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("programFormations.get", "/{tenant}/{instance}/formations/{version}/programs/{programName}", {
  path: { version: Version, programName: Codecs.Id },
  success: ProgramFormation
})

/**
 * Adds a program to the draft. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("programFormations.create", "/{tenant}/{instance}/formations/draft/programs", {
  body: ProgramFormationInput,
  success: ProgramFormation
})

/**
 * Replaces a program in the draft. Give its own name in the body as well. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.put("programFormations.update", "/{tenant}/{instance}/formations/draft/programs/{programName}", {
  path: { programName: Codecs.Id },
  body: ProgramFormationInput,
  success: ProgramFormation
})

/**
 * Removes a program from the draft. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("programFormations.remove", "/{tenant}/{instance}/formations/draft/programs/{programName}", {
  path: { programName: Codecs.Id }
})
