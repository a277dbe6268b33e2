import type { Command } from "../../spl/tree.ts";
import type { Engine } from "../engine.ts";
import { SplProblem } from "../problem.ts";
import type { Table } from "../row.ts";
import { runAppend, runAppendcols, runAppendpipe } from "./append.ts";
import { runBin } from "./bin.ts";
import { runChart, runTimechart } from "./chart.ts";
import { runConvert } from "./convert.ts";
import { runDatamodel, runFrom } from "./datamodel.ts";
import { runDedup } from "./dedup.ts";
import { runEval } from "./eval.ts";
import { runEventstats } from "./eventstats.ts";
import { runFields, runTable } from "./fields.ts";
import { runFilldown, runFillnull } from "./fill.ts";
import { runForeach } from "./foreach.ts";
import { runFormat, runReturn } from "./format.ts";
import { runHead, runHeadWhile, runTail } from "./head.ts";
import { runJoin } from "./join.ts";
import { runInputlookup, runLookup, runOutputlookup } from "./lookup.ts";
import { runMakeresults } from "./makeresults.ts";
import { runMakemv, runMvcombine, runMvexpand, runNomv } from "./multivalue.ts";
import { notRun, runPlain } from "./plain.ts";
import { runRegex } from "./regex.ts";
import { runRename } from "./rename.ts";
import { runReplace } from "./replace.ts";
import { runRex } from "./rex.ts";
import { runSearch } from "./search.ts";
import { runSort } from "./sort.ts";
import { runSpath } from "./spath.ts";
import { runStats } from "./stats.ts";
import { runStreamstats } from "./streamstats.ts";
import { runRare, runTop } from "./top.ts";
import { runTransaction } from "./transaction.ts";
import { runTstats } from "./tstats.ts";
import { runMultisearch, runUnion } from "./union.ts";
import { runWhere } from "./where.ts";

/** Runs one command on the rows before it. */
export function runCommand(command: Command, input: Table, engine: Engine): Table {
  switch (command.kind) {
    case "search":
      return runSearch(command, input, engine);
    case "where":
      return runWhere(command, input, engine);
    case "eval":
      return runEval(command, input, engine);
    case "stats":
      return runStats(command, input, engine);
    case "eventstats":
      return runEventstats(command, input, engine);
    case "streamstats":
      return runStreamstats(command, input, engine);
    case "tstats":
      return runTstats(command, input, engine);
    case "table":
      return runTable(command, input, engine);
    case "fields":
      return runFields(command, input, engine);
    case "rename":
      return runRename(command, input, engine);
    case "dedup":
      return runDedup(command, input, engine);
    case "sort":
      return runSort(command, input, engine);
    case "head":
      return runHead(command, input, engine);
    case "tail":
      return runTail(command, input, engine);
    case "headwhile":
      return runHeadWhile(command, input, engine);
    case "top":
      return runTop(command, input, engine);
    case "rare":
      return runRare(command, input, engine);
    case "rex":
      return runRex(command, input, engine);
    case "regex":
      return runRegex(command, input, engine);
    case "replace":
      return runReplace(command, input, engine);
    case "makemv":
      return runMakemv(command, input, engine);
    case "mvcombine":
      return runMvcombine(command, input, engine);
    case "mvexpand":
      return runMvexpand(command, input, engine);
    case "nomv":
      return runNomv(command, input, engine);
    case "fillnull":
      return runFillnull(command, input, engine);
    case "filldown":
      return runFilldown(command, input, engine);
    case "makeresults":
      return runMakeresults(command, input, engine);
    case "append":
      return runAppend(command, input, engine);
    case "appendpipe":
      return runAppendpipe(command, input, engine);
    case "appendcols":
      return runAppendcols(command, input, engine);
    case "join":
      return runJoin(command, input, engine);
    case "union":
      return runUnion(command, input, engine);
    case "multisearch":
      return runMultisearch(command, input, engine);
    case "foreach":
      return runForeach(command, input, engine);
    case "lookup":
      return runLookup(command, input, engine);
    case "inputlookup":
      return runInputlookup(command, input, engine);
    case "outputlookup":
      return runOutputlookup(command, input, engine);
    case "bin":
      return runBin(command, input, engine);
    case "chart":
      return runChart(command, input, engine);
    case "timechart":
      return runTimechart(command, input, engine);
    case "convert":
      return runConvert(command, input, engine);
    case "spath":
      return runSpath(command, input, engine);
    case "format":
      return runFormat(command, input, engine);
    case "return":
      return runReturn(command, input, engine);
    case "transaction":
      return runTransaction(command, input, engine);
    case "from":
      return runFrom(command, input, engine);
    case "datamodel":
      return runDatamodel(command, input, engine);
    case "plain":
      return runPlain(command, input, engine);
    case "comment":
      return input;
    case "iplocation":
      throw new SplProblem("SPL201", command, "iplocation is not run here: it needs a database of places");
    case "mstats":
      throw new SplProblem("SPL201", command, "mstats is not run here: there are no metrics");
    case "macro":
      throw new SplProblem("SPL205", command.macro, `the macro \`${command.macro.name}\` is not expanded`);
    case "other":
      if (command.name.toLowerCase() === "fieldformat") return input;
      throw notRun(command, command.name);
  }
}
