import type { Expression, FunctionLiteral, Operator, Statement } from "../kql/ast.ts";

type KqlNode = Statement | Expression | Operator | FunctionLiteral;
/** The form of node that has a kind, also where it has others besides. */
type NodeOf<K, N = KqlNode> = N extends { readonly kind: infer Kinds } ? (K extends Kinds ? N : never) : never;

/** All nodes of a kind below a node of KQL's tree, itself included, in the order of the text. */
export function nodesOf<K extends KqlNode["kind"]>(root: object, kind: K): readonly NodeOf<K>[] {
  const found: NodeOf<K>[] = [];
  const visit = (node: object): void => {
    if (isOf(node, kind)) found.push(node);
    // A literal's value is data.
    if (isOf(node, "literal") || isOf(node, "dynamic")) return;
    for (const child of Object.values(node)) if (typeof child === "object" && child !== null) visit(child);
  };
  visit(root);
  return found;
}

/** Within the tree a kind belongs to one form of node. */
function isOf<K extends KqlNode["kind"]>(node: object, kind: K): node is NodeOf<K> {
  return "kind" in node && node.kind === kind;
}
