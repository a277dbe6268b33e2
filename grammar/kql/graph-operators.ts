import type { Rule } from "../base.ts";
import { TableOperatorRules } from "./table-operators.ts";
import * as t from "./tokens.ts";

const k = t.keyword;

/** The operators that make a graph and read it. Arrows are made of the tokens of their signs. */
export abstract class GraphOperatorRules extends TableOperatorRules {
  private atSign = (sign: string): boolean => this.LA(1).image === sign;

  readonly makeGraph: Rule = this.RULE("makeGraph", () => {
    this.CONSUME(k("make-graph"));
    this.SUBRULE(this.settings);
    this.CONSUME(t.Name, { LABEL: "from" });
    this.CONSUME(t.Minus);
    this.CONSUME2(t.Minus);
    this.OPTION({ GATE: () => this.atSign(">"), DEF: () => this.CONSUME(t.Comparison) });
    this.CONSUME2(t.Name, { LABEL: "to" });
    this.OPTION2(() =>
      this.OR([
        {
          ALT: () => {
            this.CONSUME(k("with"));
            this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.graphNodes) });
          },
        },
        {
          ALT: () => {
            this.CONSUME(k("with_node_id"));
            this.CONSUME(t.Equals);
            this.CONSUME3(t.Name, { LABEL: "nodeId" });
          },
        },
      ]),
    );
    this.OPTION3(() => {
      this.CONSUME(k("partitioned-by"));
      this.SUBRULE(this.path);
      this.SUBRULE(this.subquery);
    });
  });

  readonly graphNodes: Rule = this.RULE("graphNodes", () => {
    this.SUBRULE(this.operand);
    this.CONSUME(k("on"));
    this.CONSUME(t.Name);
  });

  readonly graphMatch: Rule = this.RULE("graphMatch", () => {
    this.OR([{ ALT: () => this.CONSUME(k("graph-match")) }, { ALT: () => this.CONSUME(k("graph-shortest-paths")) }]);
    this.SUBRULE(this.settings);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.graphPattern) });
    this.OPTION(() => {
      this.CONSUME(k("where"));
      this.SUBRULE(this.expression);
    });
    this.OPTION2(() => {
      this.CONSUME(k("project"));
      this.SUBRULE(this.namedExpressions);
    });
  });

  /** `(a)-[e]->(b)` */
  readonly graphPattern: Rule = this.RULE("graphPattern", () => {
    this.SUBRULE(this.graphNode);
    this.MANY(() => {
      this.SUBRULE(this.graphEdge);
      this.SUBRULE2(this.graphNode);
    });
  });

  readonly graphNode: Rule = this.RULE("graphNode", () => {
    this.CONSUME(t.LeftParen);
    this.OPTION(() => this.CONSUME(t.Name));
    this.CONSUME(t.RightParen);
  });

  /** `-[e*1..3]->`, `<-[e]-`, `-->`, `<--`, `--` */
  readonly graphEdge: Rule = this.RULE("graphEdge", () => {
    this.OPTION(() => this.CONSUME(t.Comparison, { LABEL: "left" }));
    this.CONSUME(t.Minus);
    this.OPTION2(() => {
      this.CONSUME(t.LeftBracket);
      this.OPTION3(() => this.CONSUME(t.Name));
      this.OPTION4(() => {
        this.CONSUME(t.Star);
        this.SUBRULE(this.operand);
        this.CONSUME(t.DotDot);
        this.SUBRULE2(this.operand);
      });
      this.CONSUME(t.RightBracket);
    });
    this.CONSUME2(t.Minus);
    this.OPTION5({ GATE: () => this.atSign(">"), DEF: () => this.CONSUME2(t.Comparison, { LABEL: "right" }) });
  });

  readonly graphToTable: Rule = this.RULE("graphToTable", () => {
    this.CONSUME(k("graph-to-table"));
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.graphOutput) });
  });

  readonly graphOutput: Rule = this.RULE("graphOutput", () => {
    this.OR([{ ALT: () => this.CONSUME(k("nodes")) }, { ALT: () => this.CONSUME(k("edges")) }]);
    this.OPTION(() => {
      this.CONSUME(k("as"));
      this.CONSUME(t.Name);
    });
    this.SUBRULE(this.settings);
  });

  readonly graphMarkComponents: Rule = this.RULE("graphMarkComponents", () => {
    this.CONSUME(k("graph-mark-components"));
    this.SUBRULE(this.settings);
  });

  readonly graphWhere: Rule = this.RULE("graphWhere", () => {
    this.OR([{ ALT: () => this.CONSUME(k("graph-where-nodes")) }, { ALT: () => this.CONSUME(k("graph-where-edges")) }]);
    this.SUBRULE(this.expression);
  });
}
