#include "app/form_json.h"

#include <algorithm>
#include <array>

#include "session/catalogue_json.h"
#include "view/messages.h"

namespace interleave::app {
namespace {

using json = session::Json;
namespace messages = view::messages;

struct NamedText {
  std::string_view name;
  Text text;
};

constexpr std::array texts{
    NamedText{"run", messages::run},
    NamedText{"stop", messages::stop},
    NamedText{"reset", messages::reset},
    NamedText{"back", messages::step_back},
    NamedText{"step", messages::step},
    NamedText{"share", messages::share},
    NamedText{"shareHint", messages::share_hint},
    NamedText{"settings", messages::settings},
    NamedText{"more", messages::more},
    NamedText{"defaults", messages::defaults},
    NamedText{"atNextRun", messages::at_next_run},
    NamedText{"result", messages::result},
    NamedText{"idle", messages::nothing_yet},
    NamedText{"starting", messages::starting},
    NamedText{"running", messages::running},
    NamedText{"couldNotRun", messages::could_not_run},
    NamedText{"tryNext", messages::try_next},
    NamedText{"exhausted", messages::exhausted},
    NamedText{"exhaustedFailing", messages::exhausted_failing},
    NamedText{"notExhausted", messages::not_exhausted},
    NamedText{"shortest", messages::shortest},
    NamedText{"schedule", messages::schedule},
    NamedText{"watch", messages::watch},
};

constexpr PerEngine<Text> engine_hints{messages::live_hint, messages::simulate_hint, messages::explore_hint};

void add_unmet(json& out, const view::ParamSet& set, Language language) {
  for (std::size_t at = 0; at < set.specs.size(); ++at) {
    const Need* need = unmet_need(set.specs, set.values, at);
    if (need != nullptr) out[std::string(set.specs[at].key)] = need->reason.in(language);
  }
}

// Whether the values that are named are set, and all other parameters of the workload have the engine's defaults. A
// preset may name settings of the engine; those that it does not name may be anything.
bool is_set(const view::Model& model, Engine engine,
            std::span<const std::pair<std::string_view, std::string_view>> named) {
  if (engine != model.engine) return false;
  const view::ParamSet& params = model.set_params;
  ParamValues wanted = defaults(params.specs, engine);
  for (const auto& [key, text] : named) {
    const auto place = [&](const view::ParamSet& set) {
      return static_cast<std::size_t>(std::ranges::find(set.specs, key, &ParamSpec::key) - set.specs.begin());
    };
    if (const std::size_t at = place(params); at < wanted.size()) {
      wanted[at] = parse_value(params.specs[at], text).value();
    } else if (const view::ParamSet& settings = model.set_engine_params; place(settings) < settings.specs.size()) {
      const std::size_t own = place(settings);
      if (settings.values[own] != parse_value(settings.specs[own], text).value()) return false;
    }
  }
  return std::ranges::equal(params.values, wanted);
}

}  // namespace

std::string page_catalogue(const session::Catalogue& catalogue) {
  json out = session::catalogue_json(catalogue);
  for (json& engine : out["engines"]) {
    const auto known =
        std::ranges::find(all_engines, engine["key"].get<std::string>(), [](Engine one) { return key_of(one); });
    engine["hint"] = session::text_json(engine_hints[static_cast<std::size_t>(*known)]);
  }
  for (const NamedText& text : texts) out["texts"][std::string(text.name)] = session::text_json(text.text);
  return session::text_of(out);
}

void add_form(session::Json& state, const view::Model& model, Language language) {
  json unmet = json::object();
  add_unmet(unmet, model.set_params, language);
  add_unmet(unmet, model.set_engine_params, language);
  state["unmet"] = std::move(unmet);
  json presets = json::array();
  for (const Preset& preset : model.workload->presets) {
    if (is_set(model, preset.engine, preset.values)) presets.push_back(preset.key);
  }
  if (is_set(model, model.engine, {})) presets.push_back("");
  state["presets"] = std::move(presets);
}

}  // namespace interleave::app
