// The timeline's lanes: reading events, the CPU's part of a frame, whole frames where something can draw them, and
// memory.
//
// Sixteen threads, each with a sixteenth of the spans, in random states of random lengths. `zoom` 0 shows nearly the
// whole run, 1 a hundredth of it, 2 some two hundred spans; each frame moves on by some pixels, so that nothing is kept
// from the one before. `still` is a frame in which nothing has changed. The peer is what every frame would cost without
// levels of detail: a rectangle made of each span.

#include <array>
#include <memory>
#include <string>

#include <benchmark/benchmark.h>
#include <imgui.h>

#include "core/rng.h"
#include "fonts.h"
#include "offscreen.h"
#include "shaders.h"
#include "trace/lanes.h"
#include "view/timeline/lane_strip.h"

namespace interleave {
namespace {

constexpr std::uint32_t threads = 16;
constexpr float width = 1440;
constexpr float height = 900;

// One stream, each thread's events in time order; an event begins a span.
std::unique_ptr<trace::Trace> made_trace(std::size_t spans) {
  auto out = std::make_unique<trace::Trace>();
  for (std::uint32_t at = 0; at < threads; ++at)
    out->add_thread({Words("thread", "스레드"), ThreadId{0}, trace::Vehicle::thread});
  trace::Stream& stream = out->add_stream(spans);
  Rng rng(1);
  std::array<Nanoseconds, threads> now{};
  std::array<std::uint32_t, threads> states{};
  for (std::size_t at = 0; at < spans; ++at) {
    const std::uint32_t thread = static_cast<std::uint32_t>(at) % threads;
    trace::Event event;
    event.time = now[thread];
    event.thread = ThreadId{thread};
    event.kind = trace::Kind::scheduled;
    states[thread] = (states[thread] + 1 + rng.below(trace::state_count - 2)) % trace::state_count;
    event.state = static_cast<trace::State>(states[thread]);
    stream.record(event);
    now[thread] += 100 + rng.below(2000);
  }
  return out;
}

struct Run {
  std::unique_ptr<trace::Trace> trace;
  trace::Lanes lanes;
};

// Made once for each size: ten million take a while.
const Run& run_of(std::size_t spans) {
  static std::size_t made = 0;
  static Run run;
  if (made != spans) {
    run = Run{};
    run.trace = made_trace(spans);
    run.lanes.update(*run.trace);
    made = spans;
  }
  return run;
}

view::FontFiles font_files() {
  return {fonts::pretendard_regular(), fonts::pretendard_semibold(), fonts::pretendard_semibold(),
          fonts::jetbrains_mono_regular(), fonts::jetbrains_mono_bold()};
}

// A page with nothing but lanes on it.
class Page {
 public:
  explicit Page(const gpu::Rectangles* rectangles)
      : context_(ImGui::CreateContext()), fonts_(font_files()), ui_(fonts_, semantics_), strip_(rectangles) {
    ImGui::GetIO().IniFilename = nullptr;
  }
  ~Page() { ImGui::DestroyContext(context_); }
  Page(const Page&) = delete;
  Page& operator=(const Page&) = delete;

  void frame(const Run& run, const view::Viewport& view) {
    (void)fonts_.prepare(1);
    ImGuiIO& io = ImGui::GetIO();
    unsigned char* pixels = nullptr;
    io.Fonts->GetTexDataAsAlpha8(&pixels, nullptr, nullptr);
    io.DisplaySize = {width, height};
    io.DeltaTime = 0.016F;
    time_ += 0.016;
    ImGui::NewFrame();
    ui_.begin({1, time_, width, height, true, false, {}});
    strip_.draw(ui_, {0, 40, 100, height - 80}, {100, 40, width - 120, height - 80},
                {run.lanes.lanes(), run.trace.get(), 1}, view);
    ui_.end();
    ImGui::EndFrame();
    ImGui::Render();
  }
  // Only our place in ImGui's lists draws; its own texts and shapes are few.
  void draw() {
    const ImDrawData* data = ImGui::GetDrawData();
    for (const ImDrawList* list : data->CmdLists) {
      for (const ImDrawCmd& command : list->CmdBuffer) {
        if (command.UserCallback != nullptr && command.UserCallback != ImDrawCallback_ResetRenderState)
          command.UserCallback(list, &command);
      }
    }
  }

 private:
  ImGuiContext* context_;
  view::Fonts fonts_;
  view::Semantics semantics_;
  view::Ui ui_;
  view::LaneStrip strip_;
  double time_ = 0;
};

view::Viewport zoomed(const Run& run, std::int64_t zoom, std::size_t spans) {
  view::Viewport out;
  out.set_range(0, run.lanes.end());
  const std::array factors{0.98, 0.01, 200.0 / static_cast<double>(spans)};
  out.zoom(factors[static_cast<std::size_t>(zoom)], 0.5, 1);
  return out;
}

// Goes back and forth by three pixels.
void move_on(view::Viewport& view, std::size_t frame) { view.pan(frame % 2 == 0 ? 3 : -3, static_cast<double>(width)); }

void read_events(benchmark::State& state) {
  const auto spans = static_cast<std::size_t>(state.range(0));
  const std::unique_ptr<trace::Trace> trace = made_trace(spans);
  std::size_t bytes = 0;
  std::size_t kept = 0;
  for (auto _ : state) {
    trace::Lanes lanes;
    lanes.update(*trace);
    bytes = 0;
    kept = 0;
    for (const trace::Lane& lane : lanes.lanes()) {
      view::LaneIndex index;
      index.update(lane);
      bytes += lane.spans.bytes() + index.bytes();
      kept += lane.spans.size();
    }
    benchmark::DoNotOptimize(lanes);
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
  state.counters["bytes_a_span"] = static_cast<double>(bytes) / static_cast<double>(kept);
}

void cpu_part(benchmark::State& state) {
  const auto spans = static_cast<std::size_t>(state.range(0));
  const Run& run = run_of(spans);
  Page page(nullptr);
  view::Viewport view = zoomed(run, state.range(1), spans);
  page.frame(run, view);
  std::size_t frame = 0;
  for (auto _ : state) {
    move_on(view, frame++);
    page.frame(run, view);
  }
}

void still(benchmark::State& state) {
  const auto spans = static_cast<std::size_t>(state.range(0));
  const Run& run = run_of(spans);
  Page page(nullptr);
  const view::Viewport view = zoomed(run, 0, spans);
  for (auto _ : state) page.frame(run, view);
}

// Without levels of detail: a rectangle for each span, made anew.
void each_span(benchmark::State& state) {
  const Run& run = run_of(static_cast<std::size_t>(state.range(0)));
  view::Viewport view;
  view.set_range(0, run.lanes.end());
  std::vector<gpu::Rectangle> out;
  for (auto _ : state) {
    out.clear();
    float top = 0;
    for (const trace::Lane& lane : run.lanes.lanes()) {
      for (const trace::Span span : lane.spans) {
        const auto x0 = static_cast<float>(view.x_of(span.begin, static_cast<double>(width)));
        const auto x1 = static_cast<float>(view.x_of(span.end, static_cast<double>(width)));
        out.push_back({x0, x1, top, top + 20, 0, static_cast<std::uint32_t>(span.state)});
      }
      top += 26;
    }
    benchmark::DoNotOptimize(out.data());
  }
}

void whole_frame(benchmark::State& state) {
  std::string why;
  const std::unique_ptr<bench::Offscreen> screen =
      bench::Offscreen::make(static_cast<int>(width), static_cast<int>(height), why);
  if (screen == nullptr) {
    state.SkipWithError(("Nothing can draw here: " + why).c_str());
    return;
  }
  auto program = gpu::Rectangles::make(shaders::rectangles_vert, shaders::rectangles_frag);
  if (!program) {
    state.SkipWithError(program.error().message.en.c_str());
    return;
  }
  state.SetLabel(screen->renderer());
  const auto spans = static_cast<std::size_t>(state.range(0));
  const Run& run = run_of(spans);
  const auto page = std::make_unique<Page>(program.value().get());
  view::Viewport view = zoomed(run, state.range(1), spans);
  std::size_t frame = 0;
  for (auto _ : state) {
    move_on(view, frame++);
    screen->clear();
    page->frame(run, view);
    page->draw();
    screen->finish();
  }
}

constexpr std::int64_t million = 1'000'000;
#ifdef INTERLEAVE_BENCH_SMALL_MEMORY
constexpr std::array sizes{million};
#else
constexpr std::array sizes{million, 10 * million};
#endif

void with_sizes(benchmark::internal::Benchmark* bench) {
  for (const std::int64_t size : sizes) bench->Args({size});
}
void with_zooms(benchmark::internal::Benchmark* bench) {
  for (const std::int64_t size : sizes) {
    for (const std::int64_t zoom : {0, 1, 2}) bench->Args({size, zoom});
  }
  bench->ArgNames({"spans", "zoom"})->Unit(benchmark::kMillisecond);
}

BENCHMARK(read_events)->Apply(with_sizes)->Unit(benchmark::kMillisecond);
BENCHMARK(cpu_part)->Apply(with_zooms);
BENCHMARK(still)->Apply(with_sizes)->Unit(benchmark::kMillisecond);
BENCHMARK(each_span)->Apply(with_sizes)->Unit(benchmark::kMillisecond);
BENCHMARK(whole_frame)->Apply(with_zooms)->UseRealTime();

}  // namespace
}  // namespace interleave

BENCHMARK_MAIN();
