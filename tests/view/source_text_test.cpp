// The two texts of the source pane: what is shown of them, and that each step of a workload stands in both.
#include "view/source/source_text.h"

#include <algorithm>
#include <set>
#include <string>

#include <gmock/gmock.h>

#include "trace/each_event.h"
#include "view/seen_run.h"
#include "view/source/source_marks.h"

namespace interleave::view {
namespace {

using test::SeenRun;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::StartsWith;

std::set<std::string_view> workloads() {
  std::set<std::string_view> out;
  for (const SourceRegion& region : source_regions()) out.insert(region.workload);
  return out;
}

TEST(SourceText, IsThereForEveryWorkload) {
  for (const std::string_view id : SeenRun("workload=counter").workloads()) {
    SeenRun seen(std::string("workload=").append(id));
    for (const Tongue tongue : {Tongue::cpp, Tongue::python}) {
      const SourceText text = source_text(id, tongue, seen.model.params);
      EXPECT_GT(text.lines.size(), 12U) << id;
      EXPECT_TRUE(text.file.ends_with(tongue == Tongue::cpp ? ".h" : ".py")) << text.file;
    }
  }
}

// A tag that only one side has would leave a line without its counterpart.
TEST(SourceText, EveryTagStandsOnBothSides) {
  for (const std::string_view workload : workloads()) {
    std::array<std::set<std::string>, tongue_count> tags;
    for (const SourceRegion& region : source_regions()) {
      if (region.workload != workload) continue;
      const std::string sign = region.tongue() == Tongue::cpp ? "// @" : "# @";
      const std::string text(region.text);
      for (std::size_t at = text.find(sign); at != std::string::npos; at = text.find(sign, at + 1)) {
        const std::size_t end = text.find('\n', at);
        std::string rest = text.substr(at + sign.size(), end - at - sign.size());
        while (true) {
          const std::size_t next = rest.find(" @");
          tags.at(static_cast<std::size_t>(region.tongue())).insert(rest.substr(0, next));
          if (next == std::string::npos) break;
          rest = rest.substr(next + 2);
        }
      }
    }
    EXPECT_EQ(tags[0], tags[1]) << workload;
    EXPECT_FALSE(tags[0].empty()) << workload;
  }
}

TEST(SourceText, HasTheFilesOwnNumbersAndNoTags) {
  SeenRun seen("workload=counter&engine=sim");
  const SourceText text = source_text("counter", Tongue::cpp, seen.model.params);
  int last = 0;
  for (const SourceLine& line : text.lines) {
    EXPECT_EQ(line.text.find('@'), std::string_view::npos) << line.text;
    EXPECT_THAT(std::string(line.text), ::testing::Not(StartsWith("template")));
    if (line.number == 0) continue;
    EXPECT_GT(line.number, last);
    last = line.number;
  }
  EXPECT_THAT(std::string(text.lines.front().text), StartsWith("// What does not change"));
}

TEST(SourceText, ShowsTheVariantThatIsChosen) {
  const auto has = [](std::string_view query, std::string_view what) {
    SeenRun seen(query);
    const SourceText text = source_text("counter", Tongue::python, seen.model.params);
    return std::ranges::any_of(text.lines,
                               [&](const SourceLine& line) { return line.text.find(what) != line.text.npos; });
  };
  EXPECT_TRUE(has("workload=counter&lock=none", "value = state.count"));
  EXPECT_FALSE(has("workload=counter&lock=none", "class SpinLock"));
  EXPECT_TRUE(has("workload=counter&lock=spin", "class SpinLock"));
  EXPECT_FALSE(has("workload=counter&lock=atomic", "value = state.count"));
  EXPECT_TRUE(has("workload=counter&lock=atomic", "next(state.ticket)"));
}

// What a run of every workload records, in every variant that has choices of its own, is a line that is shown, and has
// a counterpart in Python.
void expect_lines_known(const std::string& query) {
  SCOPED_TRACE(query);
  SeenRun seen(query);
  seen.run_to_the_end();
  const SourceText cpp = source_text(seen.model.workload->id, Tongue::cpp, seen.model.params);
  const SourceText python = source_text(seen.model.workload->id, Tongue::python, seen.model.params);
  std::set<int> unknown;
  std::set<int> alone;
  std::set<std::string_view> without;
  ASSERT_NE(seen.snapshot.trace, nullptr);
  trace::each_event(*seen.snapshot.trace, SIZE_MAX, [&](const trace::Event& event) {
    const bool bookkeeping = !trace::is_step(event.kind) || event.kind == trace::Kind::exit ||
                             event.kind == trace::Kind::gil_take || event.kind == trace::Kind::gil_drop ||
                             event.kind == trace::Kind::wait;
    if (event.line == 0) {
      if (!bookkeeping && seen.model.engine == Engine::simulate) without.insert(trace::info(event.kind).key);
      return;
    }
    const auto place = cpp.place_of(event.line);
    if (!place) {
      unknown.insert(event.line);
    } else if (!python.counterpart_of(cpp.lines[*place])) {
      alone.insert(event.line);
    }
  });
  EXPECT_THAT(unknown, IsEmpty());
  EXPECT_THAT(alone, IsEmpty());
  EXPECT_THAT(without, IsEmpty());
}

TEST(SourceText, KnowsEveryLineThatASimulatedRunRecords) {
  for (const std::string_view workload : workloads()) {
    const std::string query = std::string("workload=").append(workload) + "&engine=sim";
    SeenRun seen(query);
    expect_lines_known(query);
    // Each of its choices, and the choices of each preset together.
    for (const ParamSpec& spec : seen.model.workload->params) {
      for (const Option& option : spec.options) {
        expect_lines_known(std::string(query).append("&").append(spec.key).append("=").append(option.key));
      }
    }
    for (const Preset& preset : seen.model.workload->presets) {
      std::string chosen = query;
      for (const auto& [key, value] : preset.values) {
        const auto spec = std::ranges::find(seen.model.workload->params, key, &ParamSpec::key);
        const bool is_choice = spec != seen.model.workload->params.end() && !spec->options.empty();
        if (is_choice) chosen.append("&").append(key).append("=").append(value);
      }
      expect_lines_known(chosen);
    }
  }
  // Variants that need two settings at once.
  expect_lines_known("workload=counter&engine=sim&interpreter=cpython39&lock=mutex");
  expect_lines_known("workload=counter&engine=sim&interpreter=cpython310&increment=call");
  expect_lines_known("workload=deadlock&engine=sim&scene=accounts&order=try");
  expect_lines_known("workload=blocking_io&engine=sim&hogs=2&echo=on&mode=tasks");
  expect_lines_known("workload=coroutines&engine=sim&mode=pool&call=blocks&work=1ms");
  expect_lines_known("workload=coroutines&engine=sim&mode=loop&call=blocks&count=across");
  expect_lines_known("workload=fanout&engine=sim&mode=pool&work=10us");
  expect_lines_known("workload=pipeline&engine=sim&waiting=poll&interpreter=cpython310");
  expect_lines_known("workload=subprocess&engine=sim&task=echo&collect=wait-then-read&payload=100");
  expect_lines_known("workload=subprocess&engine=sim&task=transform&mode=serial");
  expect_lines_known("workload=process_pool&engine=sim&policy=random&workers=3");
  expect_lines_known("workload=refcount&engine=sim&count=biased&objects=3&threads=3&rounds=20");
}

// Live records the line of waits, and no other.
TEST(SourceText, KnowsTheLinesOfLiveWaits) {
  expect_lines_known("workload=blocking_io&engine=live&delay=1ms&calls=3");
  expect_lines_known("workload=coroutines&engine=live&tasks=3&delay=1ms&mode=pool&call=blocks");
  expect_lines_known("workload=fanout&engine=live&mode=queue&width=3&height=3&generations=2");
  expect_lines_known("workload=deadlock&engine=live&order=ordered&meals=3");
}

TEST(SourceText, IsColouredLightly) {
  const auto inks = [](std::string_view line, Tongue tongue) {
    std::vector<std::string> out;
    for (const InkSpan& span : inks_of(line, tongue)) {
      constexpr std::array names{"plain", "keyword", "comment", "text", "number"};
      out.push_back(std::string(names.at(static_cast<std::size_t>(span.ink))) + ":" +
                    std::string(line.substr(span.begin, span.end - span.begin)));
    }
    return out;
  };
  EXPECT_THAT(inks("for (int done = 0; done < 1'000;) {  // all of them", Tongue::cpp),
              ElementsAre("keyword:for", "keyword:int", "number:0", "number:1'000", "comment:// all of them"));
  EXPECT_THAT(inks("if params.lock == \"a # b\":  # why", Tongue::python),
              ElementsAre("keyword:if", "text:\"a # b\"", "comment:# why"));
  EXPECT_THAT(inks("\"\"\"Keeps trying.\"\"\"", Tongue::python), ElementsAre("text:\"\"\"Keeps trying.\"\"\""));
  EXPECT_THAT(inks("formats = x2", Tongue::python), IsEmpty());
}

TEST(SourceText, InksCanBeReadOnEveryGround) {
  for (const ThemeKind kind : {ThemeKind::dark, ThemeKind::light}) {
    const Theme theme = make_theme(kind);
    for (const Ink ink : {Ink::plain, Ink::keyword, Ink::comment, Ink::text, Ink::number}) {
      for (const Color ground : {theme.panel, ground_of(theme, false), ground_of(theme, true)}) {
        EXPECT_GE(contrast(color_of(theme, ink), ground), 4.5)
            << static_cast<int>(ink) << " " << static_cast<int>(kind);
      }
    }
    EXPECT_GE(contrast(theme.mute, theme.panel), 4.5) << "line numbers";
  }
}

TEST(SourceText, LongLinesAreWrapped) {
  const auto rows = [](std::string_view line, std::size_t columns) {
    std::vector<std::string> out;
    for (const SourceRow& row : wrapped(line, columns)) {
      EXPECT_LE(row.indent + (row.end - row.begin), columns);
      out.push_back(std::string(row.indent, ' ') + std::string(line.substr(row.begin, row.end - row.begin)));
    }
    return out;
  };
  EXPECT_EQ(columns_of("{\"a\", \"스레드\"}"), 15U);
  EXPECT_THAT(rows("스레드스레드스레드", 20), ElementsAre("스레드스레드", "    스레드")) << "never within a letter";
  EXPECT_THAT(rows("", 20), ElementsAre(""));
  EXPECT_THAT(rows("  short", 20), ElementsAre("  short"));
  EXPECT_THAT(rows("  call(first, second, third)", 20), ElementsAre("  call(first, ", "      second, third)"));
  EXPECT_THAT(rows("abcdefghijklmnopqrstuvwxyz", 20), ElementsAre("abcdefghijklmnopqrst", "    uvwxyz"));
  EXPECT_THAT(rows(std::string(30, ' ') + "x = 1", 20), ElementsAre("          x = 1"));
}

}  // namespace
}  // namespace interleave::view
