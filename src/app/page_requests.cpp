#include "app/page_requests.h"

#include <array>
#include <span>

#include "trace/teller.h"

namespace interleave::app {
namespace {

using json = session::Json;

std::string told(std::span<const Words> problems, Language language) {
  std::string out;
  for (const Words& problem : problems) out.append(out.empty() ? "" : " ").append(problem.in(language));
  return out;
}

std::string text_of(const json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

std::string set(Controller& controller, const json& values, Language language) {
  session::KeyValues changes;
  for (const auto& [key, value] : values.items()) changes.push_back({key, text_of(value)});
  return told(controller.change(changes), language);
}

// Back and forth on what has been recorded, and at its end on.
void step(App& app, bool forward, ThreadId thread) {
  view::RunView& run = app.shell().run();
  if (!forward) {
    if (run.cursor() > 0) run.seek(run.cursor() - 1);
  } else if (!run.at_end()) {
    run.seek(run.cursor() + 1);
  } else if (app.controller().snapshot().phase != trace::Phase::finished) {
    app.controller().carry_out(view::StepRequest{thread});
  }
}

// The thread that was named, where it may go next.
ThreadId chosen(const App& app, const json& request) {
  const json number = request.value("thread", json(nullptr));
  for (const trace::Pending& pending : app.controller().snapshot().pending) {
    if (pending.enabled && number.is_number_unsigned() && pending.thread.index() == number.get<std::size_t>())
      return pending.thread;
  }
  return ThreadId::none();
}

std::string act(App& app, const std::string& what, const json& request, Language language) {
  if (what == "back" || what == "forward") {
    step(app, what == "forward", chosen(app, request));
    return {};
  }
  const std::array<std::pair<std::string_view, view::Request>, 4> known{{{"run", view::RunRequest{}},
                                                                         {"stop", view::StopRequest{}},
                                                                         {"reset", view::ResetRequest{}},
                                                                         {"share", view::ShareRequest{}}}};
  for (const auto& [name, wanted] : known) {
    if (name != what) continue;
    app.controller().carry_out(wanted);
    return {};
  }
  constexpr Text unknown{"The playground can run, stop, reset, forward, back and share, and nothing else.",
                         "할 수 있는 것은 run, stop, reset, forward, back, share뿐입니다."};
  return std::string(unknown.in(language));
}

}  // namespace

std::string carry_out(App& app, const json& request, const session::OtherKeys& others) {
  const Language language = app.shell().look().language;
  std::string wrong;
  if (request.contains("configure")) {
    const session::Listed listed = session::from_query(text_of(request["configure"]));
    wrong = told(app.controller().configure_if_right(listed, others), language);
  } else if (request.contains("set") && request["set"].is_object()) {
    wrong = set(app.controller(), request["set"], language);
  } else {
    wrong = act(app, request.contains("do") ? text_of(request["do"]) : std::string{}, request, language);
  }
  return wrong;
}

std::string transcript(const App& app, Language language) {
  const auto& trace = app.controller().snapshot().trace;
  if (trace == nullptr || app.controller().setup().engine() != Engine::simulate) return {};
  std::string out;
  std::size_t number = 0;
  for (const trace::StoryLine& line : trace::Teller(*trace).told()) {
    out.append(std::to_string(++number)).append(". ").append(trace::as_sentence(line.words).in(language)).append("\n");
  }
  return out;
}

}  // namespace interleave::app
