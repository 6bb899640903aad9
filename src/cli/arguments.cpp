#include "cli/arguments.h"

#include <algorithm>
#include <array>
#include <istream>
#include <list>
#include <ostream>

#include "cli/help.h"
#include "cli/texts.h"
#include <CLI/CLI.hpp>

#include "core/suggestion.h"
#include "core/utf8.h"
#include "core/workload_info.h"
#include "session/host.h"

namespace interleave::cli {
namespace {

constexpr std::array explore_only{Engine::explore};
constexpr std::array<std::string_view, 3> commands{"list", "run", "explore"};
constexpr std::array<std::string_view, 3> read_elsewhere{"trace", "sweep", "help"};

Language language_of(std::span<const std::string> arguments) {
  for (std::size_t at = 0; at < arguments.size(); ++at) {
    constexpr std::string_view joined = "--lang=";
    const std::string_view argument = arguments[at];
    std::string_view key;
    if (argument == "--lang" && at + 1 < arguments.size()) key = arguments[at + 1];
    if (argument.starts_with(joined)) key = argument.substr(joined.size());
    if (const auto language = interleave::language_of(key)) return *language;
  }
  return languages.front().language;
}

// Declares flags to CLI11, which finds them and prints their help; their values are left to session's codec.
class Flags {
 public:
  Flags(CLI::App& app, Language language) : app_(app), language_(language) {}

  void add(std::span<const ParamSpec> specs, std::span<const Engine> engines, const std::string& group) {
    for (const ParamSpec& spec : specs) {
      if (const auto known = std::ranges::find(keys_, spec.key); known != keys_.end()) {
        // Engines may share a setting, and mean something of their own by it.
        CLI::Option* option = options_[static_cast<std::size_t>(known - keys_.begin())];
        option->description(option->get_description() + "\n" + std::string(key_of(engines.front())) + ": " +
                            std::string(spec.hint.in(language_)));
        continue;
      }
      const std::string name = "--" + std::string(spec.key);
      const std::string help = describe(spec, engines, language_);
      // CLI11 keeps what was given; its own conversion is not used.
      const auto keep = [](const CLI::results_t&) { return true; };
      CLI::Option* option = spec.kind == ParamKind::toggle
                                ? app_.add_flag(name, unused_.emplace_back(), help)
                                : app_.add_option(name, keep, help)->type_name(placeholder(spec))->expected(1);
      option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)->group(group);
      keys_.emplace_back(spec.key);
      options_.push_back(option);
    }
  }

  // What was given of them.
  [[nodiscard]] session::KeyValues given() const {
    session::KeyValues out;
    for (std::size_t at = 0; at < options_.size(); ++at) {
      for (const std::string& value : options_[at]->results()) out.push_back({keys_[at], value});
    }
    return out;
  }

 private:
  CLI::App& app_;
  Language language_;
  std::vector<std::string> keys_;
  std::vector<CLI::Option*> options_;
  std::list<std::string> unused_;
};

// CLI11 takes what follows a flag for a word of its own, unless the two are joined: "--echo off" becomes "--echo=off".
std::vector<std::string> with_flags_joined(std::span<const std::string> arguments) {
  constexpr std::array<std::string_view, 4> values{"on", "off", "true", "false"};
  std::vector<std::string> out;
  for (const std::string& argument : arguments) {
    const bool value = std::ranges::find(values, argument) != values.end();
    if (value && !out.empty() && out.back().starts_with("--") && out.back().find('=') == std::string::npos) {
      out.back() += "=" + argument;
    } else {
      out.push_back(argument);
    }
  }
  return out;
}

class Reader {
 public:
  Reader(std::span<const std::string> arguments, const session::Catalogue& catalogue, std::istream& in,
         std::ostream& out, std::ostream& err)
      : arguments_(arguments),
        catalogue_(catalogue),
        in_(in),
        out_(out),
        err_(err),
        language_(language_of(arguments)) {}

  Command read() {
    declare_commands();
    if (arguments_.empty()) {
      err_ << app_.help();
      return 2;
    }
    if (!arguments_[0].starts_with('-') && std::ranges::find(commands, arguments_[0]) == commands.end()) {
      return refuse_command(arguments_[0]);
    }
    try {
      TakenTexts taken = take_texts(arguments_, [this](std::string_view key) { return text_spec(key) != nullptr; });
      texts_ = std::move(taken.pairs);
      std::vector<std::string> joined = with_flags_joined(taken.rest);
      std::ranges::reverse(joined);
      app_.parse(std::move(joined));
    } catch (const CLI::Success& help_or_version) {
      return app_.exit(help_or_version, out_, err_);
    } catch (const CLI::ParseError& error) {
      return refuse_syntax(error.what());
    }
    if (list_->parsed()) return read_list();
    if (run_->parsed() || explore_->parsed()) return read_run();
    err_ << app_.help();
    return 2;
  }

 private:
  [[nodiscard]] std::string say(Text text) const { return std::string(text.in(language_)); }

  void declare_commands() {
    app_.set_version_flag("--version", "interleave " + std::string(session::program_version));
    app_.description(say({"A concurrency playground: live, simulated, explored.",
                          "동시성 놀이터: 실제로, 시뮬레이션으로, 모든 순서로."}));
    app_.name("interleave");
    list_ = app_.add_subcommand("list", say({"Shows the workloads.", "작업의 목록을 보인다."}));
    run_ = app_.add_subcommand("run", say({"Runs a workload.", "작업을 돌린다."}));
    explore_ = app_.add_subcommand(
        "explore", say({"Runs a workload in every order that matters.", "달라질 수 있는 모든 순서로 돌린다."}));
    find_workload();
    declare_list();
    declare_run(*run_, run_flags_, all_engines);
    declare_run(*explore_, explore_flags_, explore_only);
  }

  void declare_list() {
    const auto flags = program_flags();
    const std::array wanted{flags[static_cast<std::size_t>(Flag::json)], flags[static_cast<std::size_t>(Flag::lang)]};
    list_flags_.emplace(*list_, language_).add(wanted, all_engines, say({"How it is run and told", "실행과 출력"}));
    list_->allow_extras();
  }

  // The flags depend on the workload, so it is looked for before anything is parsed: a known name wherever it
  // stands, else the first argument that is not a flag.
  void find_workload() {
    const auto rest = arguments_.subspan(std::min<std::size_t>(1, arguments_.size()));
    auto found = std::ranges::find_if(
        rest, [this](const std::string& argument) { return catalogue_.find(argument) != nullptr; });
    if (found == rest.end()) {
      found = std::ranges::find_if(rest, [](const std::string& argument) { return !argument.starts_with('-'); });
    }
    if (found != rest.end()) workload_ = *found;
  }

  void declare_run(CLI::App& app, std::optional<Flags>& flags, std::span<const Engine> engines) {
    flags.emplace(app, language_);
    app.allow_extras();
    app.add_option("workload", given_workload_,
                   say({"What to run; see `interleave list`.", "무엇을 돌릴지. `interleave list`에 있다."}));
    if (const rt::Entry* entry = catalogue_.find(workload_)) {
      app.description(std::string(entry->info.title.in(language_)) + ": " +
                      std::string(entry->info.summary.in(language_)));
      flags->add(entry->info.params, engines,
                 fill({"Parameters of {id}", "{id}의 매개변수"}, {{"id", entry->info.id}}).in(language_));
    }
    if (engines.size() > 1)
      flags->add(std::array{session::engine_spec()}, std::array{Engine::live}, say({"Engine", "엔진"}));
    // A setting that several engines have is shown with the first of them.
    for (const Engine engine : engines) {
      flags->add(catalogue_.settings(engine, workload_), std::array{engine},
                 fill({"Settings of the engine {engine}", "{engine} 엔진의 설정"}, {{"engine", key_of(engine)}})
                     .in(language_));
    }
    const std::string group = say({"How it is run and told", "실행과 출력"});
    flags->add(program_flags(), all_engines, group);
    app.add_option("--sweep", sweep_,
                   say({"Runs it at one value of a parameter after the other: threads=1..8, lock=none,mutex.",
                        "매개변수 하나를 값마다 바꿔 가며 돌린다. threads=1..8, lock=none,mutex."}))
        ->type_name("KEY=VALUES")
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)
        ->group(group);
    app.add_option("--trace", trace_file_,
                   say({"Writes a file for Perfetto's UI (ui.perfetto.dev).",
                        "Perfetto UI(ui.perfetto.dev)로 여는 파일을 쓴다."}))
        ->type_name("FILE")
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)
        ->group(group);
  }

  Command refuse_command(std::string_view name) {
    const Words hint = did_you_mean(name, commands);
    return refuse(fill({"There is no command \"{name}\".{hint} Allowed: list, run, explore.",
                        "\"{name}\"(이)라는 명령은 없습니다.{hint} 쓸 수 있는 명령: list, run, explore."},
                       {{"name", quotable(name)}, {"hint", hint}}));
  }

  Command refuse(const Words& message) {
    err_ << "interleave: " << message.in(language_) << '\n';
    return 2;
  }

  Command refuse_all(const std::vector<session::Problem>& problems) {
    for (const session::Problem& problem : problems) refuse(problem.message);
    return 2;
  }

  // What was given and changes nothing is no error, but is told. In a sweep another parameter may give it an effect.
  void note_effect(const session::Setup& setup, std::string_view key) {
    const Need* need = setup.unmet(key);
    if (need == nullptr) return;
    err_ << "interleave: "
         << fill({"--{key} has no effect: {reason}", "--{key}을(를) 바꿔도 달라지는 것이 없습니다. {reason}"},
                 {{"key", key}, {"reason", need->reason}})
                .in(language_)
         << '\n';
  }

  // A text's declaration: of the workload, or of an engine. Null where the key is none of a text.
  const ParamSpec* text_spec(std::string_view key) const {
    const auto look = [key](std::span<const ParamSpec> specs) -> const ParamSpec* {
      const auto spec = std::ranges::find(specs, key, &ParamSpec::key);
      return spec == specs.end() || spec->kind != ParamKind::text ? nullptr : &*spec;
    };
    const rt::Entry* entry = catalogue_.find(workload_);
    if (const ParamSpec* spec = entry == nullptr ? nullptr : look(entry->info.params)) return spec;
    for (const Engine engine : all_engines) {
      if (const ParamSpec* spec = look(catalogue_.settings(engine))) return spec;
    }
    return nullptr;
  }

  // The texts that were given, read from where they are; what cannot be read is told in `problems`.
  session::KeyValues texts(std::vector<session::Problem>& problems) const {
    session::KeyValues out;
    TextReader reader(in_);
    for (const session::KeyValue& pair : texts_) {
      Result<std::string> text = reader.read(*text_spec(pair.key), *pair.value);
      if (text) {
        out.push_back({pair.key, std::move(text).value()});
      } else {
        problems.push_back({pair.key, text.error().message});
      }
    }
    return out;
  }

  // CLI11 refuses little, such as a flag without its value at the end. The codec says it in both languages.
  Command refuse_syntax(const std::string& message) {
    std::vector<std::string> flags;
    for (const std::string& argument : arguments_.subspan(1)) {
      if (argument != workload_) flags.push_back(argument);
    }
    const session::Parsed parsed = parse(session::from_flags(flags).pairs, workload_);
    if (!parsed.problems.empty()) return refuse_all(parsed.problems);
    return refuse({message, message});
  }

  session::Parsed parse(session::KeyValues pairs, const std::string& workload) {
    session::Listed listed;
    if (!workload.empty()) listed.pairs.push_back({"workload", workload});
    if (explore_->parsed()) listed.pairs.push_back({"engine", std::string(key_of(Engine::explore))});
    listed.pairs.insert(listed.pairs.end(), pairs.begin(), pairs.end());
    const std::vector<ParamSpec> flags = program_flags();
    return session::parse(catalogue_, listed, {flags, read_elsewhere});
  }

  Command read_list() {
    const session::Listed rest = session::from_flags(list_->remaining());
    const std::vector<ParamSpec> flags = program_flags();
    session::Listed listed{list_flags_->given(), rest.problems};
    listed.pairs.insert(listed.pairs.end(), rest.pairs.begin(), rest.pairs.end());
    const session::Parsed parsed = session::parse(catalogue_, listed, {flags, read_elsewhere});
    if (!parsed.problems.empty()) return refuse_all(parsed.problems);
    return ListCommand{parsed.others[static_cast<std::size_t>(Flag::json)].value_or(0) != 0, language_};
  }

  Command read_run() {
    const CLI::App& app = run_->parsed() ? *run_ : *explore_;
    const Flags& flags = run_->parsed() ? *run_flags_ : *explore_flags_;
    if (given_workload_.empty()) {
      std::string allowed;
      for (const std::string_view id : catalogue_.ids()) allowed.append(allowed.empty() ? "" : ", ").append(id);
      return refuse(fill({"Which workload? Allowed: {allowed}.", "어느 작업인가요? 쓸 수 있는 값: {allowed}."},
                         {{"allowed", allowed}}));
    }
    const session::Listed rest = session::from_flags(app.remaining());
    session::KeyValues pairs = flags.given();
    std::vector<session::Problem> unread;
    const session::KeyValues read = texts(unread);
    pairs.insert(pairs.end(), read.begin(), read.end());
    pairs.insert(pairs.end(), rest.pairs.begin(), rest.pairs.end());
    session::Parsed parsed = parse(pairs, given_workload_);
    parsed.problems.insert(parsed.problems.end(), unread.begin(), unread.end());
    parsed.problems.insert(parsed.problems.end(), rest.problems.begin(), rest.problems.end());
    if (!parsed.problems.empty()) return refuse_all(parsed.problems);
    const auto other = [&parsed](Flag flag, std::int64_t otherwise) {
      return parsed.others[static_cast<std::size_t>(flag)].value_or(otherwise);
    };
    RunCommand out{std::move(parsed.setup),
                   static_cast<int>(other(Flag::repeat, 1)),
                   other(Flag::timeout, 0),
                   other(Flag::json, 0) != 0,
                   other(Flag::csv, 0) != 0,
                   other(Flag::expect_ok, 0) != 0,
                   language_,
                   trace_file_,
                   std::nullopt};
    if (out.json && out.csv) {
      return refuse(Text{"Either --json or --csv: one thing is printed.", "--json과 --csv 가운데 하나만 쓰세요."});
    }
    if (sweep_.empty()) {
      for (const session::KeyValue& pair : pairs) note_effect(out.setup, pair.key);
      return out;
    }
    Result<session::Sweep> sweep = session::parse_sweep(out.setup, sweep_);
    if (!sweep) return refuse(sweep.error().message);
    out.sweep = AskedSweep{sweep_, std::move(sweep).value()};
    return out;
  }

  std::span<const std::string> arguments_;
  const session::Catalogue& catalogue_;
  std::istream& in_;
  std::ostream& out_;
  std::ostream& err_;
  Language language_;
  std::string workload_;        // as found before parsing
  std::string given_workload_;  // as parsed
  session::KeyValues texts_;    // as given, before files are read
  std::string trace_file_;
  std::string sweep_;
  CLI::App app_;
  CLI::App* list_ = nullptr;
  CLI::App* run_ = nullptr;
  CLI::App* explore_ = nullptr;
  std::optional<Flags> list_flags_;
  std::optional<Flags> run_flags_;
  std::optional<Flags> explore_flags_;
};

}  // namespace

Command read_arguments(std::span<const std::string> arguments, const session::Catalogue& catalogue, std::istream& in,
                       std::ostream& out, std::ostream& err) {
  return Reader(arguments, catalogue, in, out, err).read();
}

}  // namespace interleave::cli
