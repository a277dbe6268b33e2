import type { EntityGroup, Externaldata } from "../ast.ts";
import { binding } from "./binding.ts";
import { columnsText } from "./columns.ts";
import { concat, type Doc } from "./doc.ts";
import { valueItems, withText } from "./parts.ts";
import { bracketedList, type Printing } from "./printing.ts";

export function externaldataDoc(printing: Printing, source: Externaldata): Doc {
  const head = `externaldata(${columnsText(source.columns)}) [`;
  const end = source.properties[0]?.span.start ?? source.span.end;
  if (source.uris.length === 0) return `${head}]${withText(source.properties)}`;
  const uris = bracketedList(printing, head, valueItems(printing, source.uris, binding.sign), "]", end);
  return concat(uris, withText(source.properties));
}

export function entityGroupDoc(printing: Printing, group: EntityGroup): Doc {
  return bracketedList(
    printing,
    "entity_group [",
    valueItems(printing, group.entities, binding.path),
    "]",
    group.span.end,
  );
}
