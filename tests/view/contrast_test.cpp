// Every text that is drawn can be read: 4.5 to 1 against what really lies under it, in both themes. Looked at in the
// triangles that a frame hands to the GPU, so that no list of colours has to be kept in step with the views.
#include <cmath>
#include <map>

#include <imgui.h>

#include "engines/registry.h"
#include "view/screen.h"

namespace interleave::view {
namespace {

constexpr double least = 4.5;

Color unpacked(ImU32 color) {
  const auto channel = [color](unsigned shift) { return static_cast<std::uint8_t>(color >> shift); };
  return {channel(IM_COL32_R_SHIFT), channel(IM_COL32_G_SHIFT), channel(IM_COL32_B_SHIFT), channel(IM_COL32_A_SHIFT)};
}

bool inside(const ImVec4& area, ImVec2 at) {
  return at.x >= area.x && at.x < area.z && at.y >= area.y && at.y < area.w;
}

struct Triangle {
  std::array<ImVec2, 3> corners;
  Color color;
  ImVec4 clip;  // left, top, right, bottom

  [[nodiscard]] bool covers(ImVec2 at) const {
    if (!inside(clip, at)) return false;
    const auto side = [&](std::size_t from, std::size_t to) {
      const ImVec2 a = corners[from];
      const ImVec2 b = corners[to];
      return (b.x - a.x) * (at.y - a.y) - (b.y - a.y) * (at.x - a.x);
    };
    const float one = side(0, 1);
    const float two = side(1, 2);
    const float three = side(2, 0);
    return (one >= 0 && two >= 0 && three >= 0) || (one <= 0 && two <= 0 && three <= 0);
  }
};

// What a frame draws, in order: areas of one colour, and letters.
class Drawn {
 public:
  struct Letter {
    ImVec2 center;
    Color ink;
    Color ground;
  };

  explicit Drawn(Color behind) : behind_(behind) {
    const ImDrawData* data = ImGui::GetDrawData();
    white_ = ImGui::GetIO().Fonts->TexUvWhitePixel;
    for (const ImDrawList* list : data->CmdLists) add(*list);
  }

  [[nodiscard]] const std::vector<Letter>& letters() const { return letters_; }

 private:
  void add(const ImDrawList& list) {
    for (const ImDrawCmd& command : list.CmdBuffer) {
      if (command.UserCallback != nullptr) {
        add_cleared(command);
        continue;
      }
      for (unsigned at = 0; at + 2 < command.ElemCount; at += 3) add_triangle(list, command, at);
    }
  }

  // A large area: see Canvas::fill.
  void add_cleared(const ImDrawCmd& command) {
    const ImVec4 clip = command.ClipRect;
    const auto color = static_cast<ImU32>(reinterpret_cast<std::uintptr_t>(command.UserCallbackData));
    if (unpacked(color).a != 255) return;  // another command than ours
    areas_.push_back({{ImVec2{clip.x, clip.y}, {clip.z, clip.y}, {clip.z, clip.w}}, unpacked(color), clip});
    areas_.push_back({{ImVec2{clip.x, clip.y}, {clip.z, clip.w}, {clip.x, clip.w}}, unpacked(color), clip});
  }

  void add_triangle(const ImDrawList& list, const ImDrawCmd& command, unsigned at) {
    const auto corner = [&](unsigned index) -> const ImDrawVert& {
      const ImDrawIdx vertex = list.IdxBuffer[static_cast<int>(command.IdxOffset + at + index)];
      return list.VtxBuffer[static_cast<int>(command.VtxOffset + vertex)];
    };
    const ImDrawVert& a = corner(0);
    const ImDrawVert& b = corner(1);
    const ImDrawVert& c = corner(2);
    // Edges fade out over a pixel.
    if (a.col != b.col || b.col != c.col) return;
    if (a.uv.x == white_.x && a.uv.y == white_.y) {
      areas_.push_back({{a.pos, b.pos, c.pos}, unpacked(a.col), command.ClipRect});
      return;
    }
    // The first of a letter's two triangles has its top left, top right and bottom right.
    if (a.pos.y != b.pos.y || b.pos.x != c.pos.x || b.pos.x <= a.pos.x) return;
    const ImVec2 center{(a.pos.x + c.pos.x) / 2, (a.pos.y + c.pos.y) / 2};
    if (inside(command.ClipRect, center)) letters_.push_back({center, unpacked(a.col), ground_at(center)});
  }

  [[nodiscard]] Color ground_at(ImVec2 at) const {
    Color out = behind_;
    for (const Triangle& area : areas_) {
      if (area.covers(at)) out = over(area.color, out);
    }
    return out;
  }

  Color behind_;
  ImVec2 white_;
  std::vector<Triangle> areas_;
  std::vector<Letter> letters_;
};

// What is switched off is paler on purpose, and says why when it is pointed at.
bool switched_off(const Semantics& semantics, Point at) {
  return std::ranges::any_of(semantics.nodes(),
                             [&](const Node& node) { return !node.enabled && node.rect.inset(-2).contains(at); });
}

// The texts whose worst letter falls short, with its contrast.
std::map<std::string, double> fainter_than(double wanted, const Screen& screen) {
  ImGui::Render();
  const Drawn drawn(make_theme(screen.shell.look().theme).bg);
  std::map<std::string, double> out;
  for (const TextRun& run : screen.semantics().runs()) {
    for (const Drawn::Letter& letter : drawn.letters()) {
      const Point at{letter.center.x / screen.scale, letter.center.y / screen.scale};
      if (!run.rect.contains(at) || switched_off(screen.semantics(), at)) continue;
      const double found = contrast(over(letter.ink, letter.ground), letter.ground);
      if (found >= wanted) continue;
      const auto [place, fresh] = out.try_emplace(run.text, found);
      place->second = std::min(place->second, found);
    }
  }
  return out;
}

void expect_readable(const Screen& screen) {
  for (const auto& [text, found] : fainter_than(least, screen)) {
    ADD_FAILURE() << '"' << text << "\" has a contrast of " << found;
  }
}

// In both themes, on a desk and on a phone.
void everywhere(const std::string& query, const std::vector<std::string>& shares, bool code = false) {
  for (const ThemeKind kind : {ThemeKind::dark, ThemeKind::light}) {
    for (const Size size : {Size{1440, 900}, Size{390, 844}}) {
      SCOPED_TRACE(query + (kind == ThemeKind::dark ? " dark " : " light ") + std::to_string(size.width));
      Screen screen;
      ImGui::GetStyle().AntiAliasedLinesUseTex = false;  // a line with a texture would be taken for a letter
      screen.width = size.width;
      screen.height = size.height;
      screen.shell.set_look({Language::en, kind, code});
      screen.configure(query);
      screen.draw();
      expect_readable(screen);
      screen.run_to_the_end();
      expect_readable(screen);
      for (const std::string& share : shares) {
        const auto step = static_cast<std::size_t>(static_cast<double>(screen.shell.run().steps()) * std::stod(share));
        EXPECT_TRUE(screen.perform("slider", "step.scrubber", std::to_string(step)));
        expect_readable(screen);
      }
    }
  }
}

TEST(Readable, EveryWorkloadSimulated) {
  const session::Catalogue catalogue{engines::registry()};
  for (const rt::Entry& entry : catalogue.entries()) {
    everywhere("engine=sim&workload=" + std::string(entry.info.id), {"0.3", "0.7"});
  }
}

TEST(Readable, WithItsSource) { everywhere("engine=sim&threads=2&increments=5&lock=none", {"0.5"}, true); }

TEST(Readable, ExploredAndLive) {
  everywhere("engine=explore&threads=2&increments=2", {});
  everywhere("engine=live&threads=2&increments=100000", {});
}

// A test of the test: nothing reaches more than 21 to 1, so with that every text on the screen is found.
TEST(Readable, FaintInkIsNoticed) {
  Screen screen;
  screen.configure("engine=sim");
  screen.draw();
  const std::map<std::string, double> found = fainter_than(22, screen);
  EXPECT_GT(found.size(), 30U);
  for (const char* text : {"Lost updates", "Threads", "Run"}) EXPECT_TRUE(found.contains(text)) << text;
  EXPECT_GT(found.at("Run"), least);
}

}  // namespace
}  // namespace interleave::view
