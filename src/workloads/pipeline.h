// A pipeline: pictures are downloaded, made smaller and uploaded, by workers at stages that queues join.
// Shows the bottleneck, what a queue's capacity does, and the classic mistakes: never closing, no task_done, polling.
// Leaves out downloads that fail and are tried again; downloading and uploading are waits of a given length.
#pragma once

#include <array>
#include <deque>
#include <optional>
#include <span>
#include <vector>

#include "rt/interpreter.h"
#include "rt/queue.h"
#include "rt/workload.h"
#include "workloads/gallery.h"

namespace interleave::workloads {

struct Pipeline {
  static constexpr std::string_view id = "pipeline";
  static constexpr Text title{"Pipeline", "파이프라인"};
  static constexpr Text summary{"Pictures go from stage to stage, through queues.",
                                "사진이 큐를 지나 단계에서 단계로 넘어간다."};
  static constexpr Text try_next{"Give the bottleneck two more workers. Which stage decides then?",
                                 "병목 단계에 일꾼을 둘 더 주면 그다음에는 어느 단계가 속도를 정할까? 먼저 맞혀 보자."};
  static constexpr Group group = Group::structure;
  static constexpr std::string_view policy = "round-robin";  // it is about time

  enum class Stage : std::uint8_t { download, resize, upload };
  static constexpr std::array stages{Stage::download, Stage::resize, Stage::upload};
  static Text name_of(Stage stage);
  static Text title_of(Stage stage);  // as a heading

  static constexpr std::array orders{
      Option{"dru", {"as usual", "보통대로"}, {"Download, resize, upload.", "내려받기, 줄이기, 올리기."}},
      Option{"dur", {"resize last", "줄이기를 맨 뒤에"}, {"Download, upload, resize.", "내려받기, 올리기, 줄이기."}},
      Option{"rdu", {"resize first", "줄이기를 맨 앞에"}, {"Resize, download, upload.", "줄이기, 내려받기, 올리기."}},
      Option{
          "rud", {"download last", "내려받기를 맨 뒤에"}, {"Resize, upload, download.", "줄이기, 올리기, 내려받기."}},
      Option{"udr", {"upload first", "올리기를 맨 앞에"}, {"Upload, download, resize.", "올리기, 내려받기, 줄이기."}},
      Option{"urd", {"backwards", "거꾸로"}, {"Upload, resize, download.", "올리기, 줄이기, 내려받기."}},
  };

  enum class Closing : std::uint8_t { sentinel, shutdown, never };
  static constexpr std::array closings{
      Option{"sentinel",
             {"a sentinel", "표지"},
             {"After the last item comes one for each worker that says: there is no more.",
              "마지막 항목 뒤에 '이제 없다'는 표지를 일꾼 수만큼 넣는다."}},
      Option{"shutdown",
             {"shutdown", "shutdown"},
             {"The queue is shut, as Queue.shutdown does since Python 3.13: who waits for an item gets none.",
              "큐를 닫는다. 파이썬 3.13의 Queue.shutdown처럼, 기다리던 일꾼은 빈손으로 끝난다."}},
      Option{"never",
             {"never (a mistake)", "안 닫음(실수)"},
             {"Nobody tells the workers that nothing will come any more.",
              "더 올 것이 없다고 일꾼들에게 아무도 알려 주지 않는다."}},
  };

  enum class Waiting : std::uint8_t { block, poll };
  static constexpr std::array waitings{
      Option{"block",
             {"sleep", "잠"},
             {"The queue wakes a worker when there is something to do.", "할 일이 생기면 큐가 일꾼을 깨운다."}},
      Option{"poll",
             {"poll (a mistake)", "들여다봄(실수)"},
             {"A worker looks, sleeps for a millisecond, and looks again.", "들여다보고, 1 ms 자고, 또 들여다본다."}},
  };

  struct Params {
    int items = 1'000;
    bool download = true;
    bool resize = true;
    bool upload = true;
    int order = 0;
    int downloaders = 4;
    int resizers = 2;
    int uploaders = 2;
    int capacity = 16;
    Nanoseconds download_time = 4 * millisecond;
    Nanoseconds upload_time = 4 * millisecond;
    int side = 256;
    Closing closing = Closing::sentinel;
    bool task_done = true;
    Waiting waiting = Waiting::block;
    int looks = 500;
    rt::Interpreter interpreter = rt::Interpreter::none;
    Nanoseconds switch_interval = 5 * millisecond;

    template <class Visit>
    static void declare(Visit&& visit) {
      const auto workers = [](std::string_view key, Text label, PerEngine<std::int64_t> defaults) {
        return integer(key, label, {"How many threads work at this stage.", "이 단계에서 일하는 스레드 수."}, 1, 5,
                       defaults);
      };
      const auto of_download = [](ParamSpec spec) {
        return needs_on(std::move(spec), "download",
                        {"The download stage is switched off.", "내려받기 단계가 꺼져 있다."});
      };
      const auto of_resize = [](ParamSpec spec) {
        return needs_on(std::move(spec), "resize", {"The resize stage is switched off.", "줄이기 단계가 꺼져 있다."});
      };
      const auto of_upload = [](ParamSpec spec) {
        return needs_on(std::move(spec), "upload", {"The upload stage is switched off.", "올리기 단계가 꺼져 있다."});
      };
      visit(toggle("download", title_of(Stage::download),
                   {"A stage that waits for the network.", "네트워크를 기다리는 단계."}, {1, 1, 1}),
            &Params::download);
      visit(of_download(workers("downloaders", {"Downloading", "내려받는 일꾼"}, {4, 4, 1})), &Params::downloaders);
      visit(toggle("resize", title_of(Stage::resize),
                   {"A stage that computes: it scales the picture down.", "계산하는 단계. 사진을 작게 줄인다."},
                   {1, 1, 0}),
            &Params::resize);
      visit(of_resize(primary(workers("resizers", {"Resizing", "줄이는 일꾼"}, {2, 2, 1}))), &Params::resizers);
      visit(toggle("upload", title_of(Stage::upload),
                   {"A stage that waits for the network.", "네트워크를 기다리는 단계."}, {1, 1, 1}),
            &Params::upload);
      visit(of_upload(primary(workers("uploaders", {"Uploading", "올리는 일꾼"}, {2, 2, 1}))), &Params::uploaders);
      visit(
          choice("order", {"Order", "순서"}, {"Which stage comes first.", "어느 단계가 먼저인가."}, orders, {0, 0, 0}),
          &Params::order);
      visit(integer("items", {"Pictures", "사진"}, {"How many go through.", "모두 몇 장인가."}, 1, 10'000,
                    {1'000, 60, 1}),
            &Params::items);
      visit(primary(integer("capacity", {"Queue capacity", "큐 용량"},
                            {"How many a queue holds before whoever puts has to wait; 0: any number.",
                             "큐에 몇 장까지 들어가는가. 차면 넣는 쪽이 기다린다. 0이면 끝없이."},
                            0, 1'024, {16, 8, 1})),
            &Params::capacity);
      visit(of_download(duration("download-time", {"A download takes", "내려받는 시간"},
                                 {"How long the network takes.", "네트워크가 걸리는 시간."}, 0, second,
                                 {4 * millisecond, 4 * millisecond, 4 * millisecond})),
            &Params::download_time);
      visit(of_upload(duration("upload-time", {"An upload takes", "올리는 시간"},
                               {"How long the network takes.", "네트워크가 걸리는 시간."}, 0, second,
                               {4 * millisecond, 4 * millisecond, 4 * millisecond})),
            &Params::upload_time);
      visit(of_resize(
                integer("side", {"Picture's side", "사진 한 변"},
                        {"Width and height in pixels of what is scaled down to 64 by 64; 0: there is nothing to scale.",
                         "가로세로 픽셀 수. 64x64로 줄인다. 0이면 줄일 것이 없다."},
                        0, 1'024, {256, 256, 0})),
            &Params::side);
      visit(choice("close", {"Queues close by", "큐 닫기"},
                   {"How workers learn that nothing more will come.", "더 올 것이 없음을 일꾼이 어떻게 아는가."},
                   closings, {0, 0, 1}),
            &Params::closing);
      visit(toggle("task-done", {"task_done", "task_done"},
                   {"Whether a worker says when it has dealt with an item, for who waits in join.",
                    "항목 하나를 마쳤다고 알리는가. join에서 기다리는 쪽을 위한 것이다."},
                   {1, 1, 1}),
            &Params::task_done);
      visit(choice("waiting", {"While it is empty", "비어 있으면"},
                   {"What a worker does when there is nothing to do.", "할 일이 없을 때 일꾼이 하는 일."}, waitings,
                   {0, 0, 0}),
            &Params::waiting);
      visit(needs(integer("looks", {"Looks in vain", "헛걸음 한도"},
                          {"After so many looks in a row that found nothing, a worker that polls gives up.",
                           "자꾸 들여다보는 일꾼이 연달아 이만큼 허탕 치면 그만둔다."},
                          1, 10'000, {500, 500, 2}),
                  "waiting", {Waiting::poll},
                  {"Only a worker that polls looks in vain.", "헛걸음하는 것은 자꾸 들여다보는 일꾼뿐이다."}),
            &Params::looks);
      visit(rt::interpreter_param(rt::Interpreter::none), &Params::interpreter);
      visit(rt::switch_interval_param(), &Params::switch_interval);
    }

    // Those that are switched on, in their order.
    [[nodiscard]] std::vector<Stage> line() const;
    [[nodiscard]] int workers(Stage stage) const {
      return stage == Stage::download ? downloaders : stage == Stage::resize ? resizers : uploaders;
    }
    [[nodiscard]] Nanoseconds waits(Stage stage) const {
      return stage == Stage::download ? download_time : stage == Stage::upload ? upload_time : 0;
    }
  };

  static std::vector<Preset> presets();

  static constexpr Nanoseconds poll_every = millisecond;
  // What scaling takes for each pixel of the picture, and making it. Only virtual time depends on the first: see
  // docs/performance.md.
  static constexpr Nanoseconds pixel_in_picoseconds = 6'000;
  static Nanoseconds row_cost(const Params& params);

  struct Item {
    int number = -1;           // from 0; negative is the sentinel
    std::uint8_t treated = 0;  // a bit for each Stage that it has been through
    Nanoseconds fed = 0;
    Nanoseconds entered = 0;  // the queue that it is in, or was last

    void queued(Nanoseconds at) { entered = at; }
    [[nodiscard]] bool is_sentinel() const { return number < 0; }
  };

  // One worker's own account. Nobody else writes it.
  template <rt::Runtime R>
  struct Worker {
    typename R::Gauge in_hand;  // an item's number, or nobody
    Gallery::Thumbnail thumbnail{};
    std::int64_t items = 0;
    Nanoseconds busy = 0;    // with items, but for handing them on
    std::int64_t taken = 0;  // from the queue, with the sentinel
    Nanoseconds queued = 0;  // that these had spent in it, by their own stamps
    std::int64_t looks = 0;  // of one that polls
    std::int64_t vain = 0;   // those of them that found nothing
    bool gave_up = false;
    std::int64_t whole = 0;                // at the last stage: items that have been through all stages
    std::vector<Nanoseconds> latencies{};  // at the last stage: of each, since it was fed
    Nanoseconds last = 0;                  // at the last stage: when it was done with the latest
  };

  // A stage and the queue in front of it.
  template <rt::Runtime R>
  struct Line {
    Stage stage;
    rt::Queue<R, Item> queue;
    std::deque<Worker<R>> workers;

    Line(R& rt, const Params& params, Stage its_stage, int number)
        : stage(its_stage), queue(rt, rt::Name{{"queue", "큐"}, number}, static_cast<std::size_t>(params.capacity)) {
      for (int at = 1; at <= params.workers(stage); ++at) {
        workers.push_back({.in_hand = {rt, rt::Name{in_hand_of(stage), at}, trace::nobody}});
      }
    }
  };
  static Text in_hand_of(Stage stage);

  // What a gauge tells: how deep a line's queue is or, where there is a worker, which item that has in hand.
  struct Told {
    std::size_t line = 0;
    std::optional<std::size_t> worker;
  };
  // What each gauge of a run tells, in the order in which State makes them.
  static std::vector<Told> told_by_gauges(const Params& params);

  template <rt::Runtime R>
  struct State {
    std::deque<Line<R>> lines;
    Gallery gallery;
    Nanoseconds began = 0;

    State(R& rt, const Params& params) : gallery(params.side) {
      int number = 0;
      for (const Stage stage : params.line()) lines.emplace_back(rt, params, stage, ++number);
    }
  };

  template <rt::Runtime R>
  using Queue = rt::Queue<R, Item>;

  // source: begin
  // The next item, or none where there will be none.
  template <rt::Runtime R>
  static rt::Task<std::optional<Item>> take(R& rt, Line<R>& line, Worker<R>& me, const Params& params) {
    if (params.waiting == Waiting::block) {
      std::optional<Item> item = co_await line.queue.get(rt);  // @get
      co_return item;
    }
    for (int in_vain = 0; in_vain < params.looks; ++in_vain) {
      typename Queue<R>::Taken taken = co_await line.queue.get_nowait(rt);  // @look
      ++me.looks;
      if (taken.item || taken.over) co_return taken.item;
      ++me.vain;
      co_await rt.sleep(poll_every);  // @nap
    }
    me.gave_up = true;
    co_return std::nullopt;
  }

  template <rt::Runtime R>
  static rt::Task<> treat(R& rt, State<R>& state, const Params& params, Stage stage, int number, Worker<R>& me) {
    if (stage == Stage::resize && params.side > 0) {
      co_await rt.compute(  // @resize
          Gallery::thumbnail_side, row_cost(params), rt::Safepoint::back_edge,
          [&gallery = state.gallery, &out = me.thumbnail, number](std::int64_t begin, std::int64_t end) {
            gallery.scale(number, static_cast<int>(begin), static_cast<int>(end), out);
          });
    }
    if (params.waits(stage) > 0) {
      co_await rt.io(rt::IoCall::select, params.waits(stage), rt::GilDuringIo::released);  // @transfer
    }
  }

  template <rt::Runtime R>
  static rt::Task<> work_at(R& rt, State<R>& state, Params params, std::size_t at, std::size_t number) {
    Line<R>& line = state.lines[at];
    Worker<R>& me = line.workers[number];
    Line<R>* next = at + 1 < state.lines.size() ? &state.lines[at + 1] : nullptr;
    while (true) {
      std::optional<Item> item = co_await take(rt, line, me, params);
      if (!item) break;
      const bool last = item->is_sentinel();
      const Nanoseconds taken = rt.tell(me.in_hand, last ? trace::nobody : item->number);
      me.queued += taken - item->entered;
      ++me.taken;
      if (!last) {
        co_await treat(rt, state, params, line.stage, item->number, me);
        item->treated |= static_cast<std::uint8_t>(1U << static_cast<unsigned>(line.stage));
        me.busy += rt.clock() - taken;
        ++me.items;
        if (next != nullptr) {
          co_await next->queue.put(rt, *item);  // @hand_on
        }
        const Nanoseconds now = rt.tell(me.in_hand, trace::nobody);
        if (next == nullptr) finish(state, me, *item, now);
      }
      if (params.task_done) co_await line.queue.task_done(rt);  // @task_done
      if (last) break;
      co_await rt.safepoint(rt::Safepoint::back_edge, me.items);  // @again
    }
  }
  // source: end

  template <rt::Runtime R>
  static void finish(const State<R>& state, Worker<R>& me, const Item& item, Nanoseconds now) {
    unsigned all = 0;
    for (const Line<R>& line : state.lines) all |= 1U << static_cast<unsigned>(line.stage);
    if (item.treated == all) ++me.whole;
    me.latencies.push_back(now - item.fed);
    me.last = now;
  }

  // source: begin
  template <rt::Runtime R>
  static rt::Task<> close(R& rt, Line<R>& line, Closing how) {
    if (how == Closing::shutdown) co_await line.queue.shutdown(rt);  // @shutdown
    if (how != Closing::sentinel) co_return;
    for (std::size_t at = 0; at < line.workers.size(); ++at) co_await line.queue.put(rt, Item{});  // @sentinel
  }

  template <rt::Runtime R>
  static rt::Task<> main(R& rt, State<R>& state, const Params& params) {
    if (state.lines.empty()) co_return;
    if (params.resize && params.side > 0) {
      for (int number = 0; number < picture_count; ++number) {
        co_await rt.compute(  // @make
            1, 1, rt::Safepoint::back_edge,
            [&gallery = state.gallery, number](std::int64_t, std::int64_t) { gallery.make(number, number + 1); });
      }
    }
    std::vector<rt::Participant> workers;
    for (std::size_t at = 0; at < state.lines.size(); ++at) {
      for (std::size_t number = 0; number < state.lines[at].workers.size(); ++number) {
        const rt::Name name{name_of(state.lines[at].stage), static_cast<int>(number) + 1};
        const rt::SpawnOptions options{name, rt::Vehicle::thread};  // @start
        workers.push_back(co_await rt.spawn(
            options,
            [](R& own, State<R>& shared, Params p, std::size_t stage, std::size_t who) {
              return work_at(own, shared, p, stage, who);
            },
            state, params, at, number));
      }
    }
    state.began = rt.clock();
    for (int number = 0; number < params.items; ++number) {
      co_await state.lines.front().queue.put(rt, Item{.number = number, .fed = rt.clock()});  // @feed
      co_await rt.safepoint(rt::Safepoint::back_edge, 0);                                     // @fed
    }
    // Stage by stage: only when all is done that came out of one queue is everything in the next one.
    for (Line<R>& line : state.lines) {
      co_await close(rt, line, params.closing);
      co_await line.queue.join(rt);  // @join_queue
    }
    for (const rt::Participant worker : workers) co_await rt.join(worker);  // @join
  }
  // source: end

  static rt::Interpreting interpreter(const Params& params) { return {params.interpreter, params.switch_interval}; }
  static std::int64_t work(const Params& params) {
    return static_cast<std::int64_t>(params.line().size()) * params.items;
  }

  struct StageFacts {
    Stage stage = Stage::download;
    std::int64_t workers = 0;
    std::int64_t items = 0;
    Nanoseconds busy = 0;
    std::int64_t taken = 0;     // from the queue, with sentinels
    Nanoseconds queued = 0;     // summed over these, from their own stamps
    Nanoseconds item_time = 0;  // the integral of the queue's depth
    std::int64_t deepest = 0;
    std::int64_t looks = 0;
    std::int64_t vain = 0;
    std::int64_t gave_up = 0;  // workers
  };
  struct Facts {
    std::vector<StageFacts> stages;
    std::vector<Nanoseconds> latencies;
    std::int64_t whole = 0;
    Nanoseconds elapsed = 0;  // from the first item's feeding until the last one was done
  };
  template <rt::Runtime R>
  static Facts observe(State<R>& state) {
    Facts out;
    for (const Line<R>& line : state.lines) {
      StageFacts stage{.stage = line.stage,
                       .workers = static_cast<std::int64_t>(line.workers.size()),
                       .item_time = line.queue.item_time(),
                       .deepest = static_cast<std::int64_t>(line.queue.deepest())};
      for (const Worker<R>& worker : line.workers) {
        stage.items += worker.items;
        stage.busy += worker.busy;
        stage.taken += worker.taken;
        stage.queued += worker.queued;
        stage.looks += worker.looks;
        stage.vain += worker.vain;
        stage.gave_up += worker.gave_up ? 1 : 0;
        out.whole += worker.whole;
        out.latencies.insert(out.latencies.end(), worker.latencies.begin(), worker.latencies.end());
        out.elapsed = std::max(out.elapsed, worker.last - state.began);
      }
      out.stages.push_back(stage);
    }
    return out;
  }

  // Of the time of so many workers, how much they were busy: 0 to 1.
  static double busy_share(Nanoseconds busy, std::int64_t workers, Nanoseconds elapsed);
  // The figure of an outcome that says it of a stage.
  static std::string_view busy_key(Stage stage);
  // By the shares of all stages, the place of the one that decides how fast the others can go: the busiest, the first
  // of several. None where no stage is busy for more than half of the time: then too little goes through to fill the
  // pipeline, as with a single item, which is in one stage after the other.
  static std::optional<std::size_t> bottleneck(std::span<const double> busy_shares);

  static bool fine(const Params& params, const Facts& facts);
  // Items that came out.
  static std::int64_t figure(const Facts& facts);
  static Outcome judge(const Params& params, const Facts& facts, const rt::RunFacts& run);
  // Why a run of this ended with everybody waiting.
  static Words explain_hang(const Params& params, const Facts& facts);
};

}  // namespace interleave::workloads
