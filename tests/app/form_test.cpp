// What the form beside the canvas is told, so that it need not work it out again.
#include <gtest/gtest.h>

#include "app/controller.h"
#include "app/form_json.h"
#include "engines/registry.h"

namespace interleave::app {
namespace {

using json = session::Json;

const session::Catalogue& catalogue() {
  static const session::Catalogue all{engines::registry()};
  return all;
}

// Of a page with this address.
json form_of(std::string_view query, Language language = Language::en) {
  Controller controller{catalogue()};
  controller.configure(session::from_query(query));
  json out;
  add_form(out, controller.model(), language);
  return out;
}

TEST(FormOfThePage, SaysWhyAParameterHasNoEffect) {
  EXPECT_FALSE(form_of("workload=counter&interpreter=cpython310&lock=mutex")["unmet"].contains("increment"));
  const auto reason = [](std::string_view query, Language language = Language::en) {
    return form_of(query, language)["unmet"].value("increment", "");
  };
  EXPECT_NE(reason("workload=counter&interpreter=none").find("CPython 3.10"), std::string::npos);
  EXPECT_NE(reason("workload=counter&interpreter=cpython310&lock=atomic").find("atomic"), std::string::npos);
  EXPECT_NE(reason("workload=counter&interpreter=none", Language::ko), reason("workload=counter&interpreter=none"));
  EXPECT_TRUE(form_of("workload=blocking_io&hogs=0")["unmet"].contains("patience"));
  EXPECT_FALSE(form_of("workload=blocking_io&hogs=1")["unmet"].contains("patience"));
}

TEST(FormOfThePage, NamesThePresetsWhoseValuesAreSet) {
  const auto set = [](std::string_view query) { return form_of(query)["presets"]; };
  EXPECT_EQ(set("workload=counter&engine=live"), json::array({"lost", ""}));
  EXPECT_EQ(set("workload=counter&engine=live&lock=mutex"), json::array({"mutex"}));
  EXPECT_EQ(set("workload=counter&engine=live&threads=3"), json::array());
  // A preset may name a setting of the engine: another value of it is no longer that preset.
  const session::Setup searched = catalogue().setup("deadlock", Engine::live).preset("search");
  const std::string query = session::to_query(searched.print());
  EXPECT_EQ(set(query), json::array({"search"}));
  EXPECT_EQ(set("executions=7&" + query), json::array());
}

TEST(FormOfThePage, HasTheTextsThatTheCanvasHasToo) {
  const json page = json::parse(page_catalogue(catalogue()));
  EXPECT_EQ(page["workloads"].size(), catalogue().entries().size());
  EXPECT_EQ(page["texts"]["stop"], (json{{"en", "Stop"}, {"ko", "멈춤"}}));
  for (const json& engine : page["engines"]) EXPECT_NE(engine["hint"].value("ko", ""), "");
}

}  // namespace
}  // namespace interleave::app
