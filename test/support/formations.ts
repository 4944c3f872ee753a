/** Definitions as the service sends them. */

export const field = {
  name: "cdtf-hours",
  type: "integer",
  formula: null,
  dictionary: null,
  profileDataType: null,
  editable: true,
  searchable: false,
  bulkEdit: false,
  phi: true,
  disable: false,
  injectedSource: false,
  displayType: null,
  valueType: null,
  meta: { minValue: "0", maxValue: "24", required: false }
}

export const cdtFormation = {
  id: "c-1",
  name: "cdt-sleep",
  title: null,
  label: null,
  version: 31,
  internal: false,
  readable: true,
  updatable: true,
  type: "MULTI_RECORD",
  relation: "COMMON",
  fields: [field],
  _containsPHI: true
}
