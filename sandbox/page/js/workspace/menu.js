// A pop-up menu: arrow keys move, Enter chooses, Escape closes and gives the focus back.

import { el, moveWithArrows } from "../dom.js";

let close = null;

/** Opens a menu of [{label, run, danger?, icon?}] at `anchor`. */
export function openMenu(anchor, items) {
  close?.();
  const menu = el(
    "div",
    { class: "menu", role: "menu", testid: "menu" },
    items.map((item) =>
      el(
        "button",
        {
          type: "button",
          role: "menuitem",
          class: item.danger ? "menu-item danger" : "menu-item",
          testid: item.testid ?? "menu-item",
          on: {
            click: () => {
              close?.();
              item.run();
            },
          },
        },
        item.label,
      ),
    ),
  );
  moveWithArrows(menu, ".menu-item");
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" && event.key !== "Tab") return;
    event.preventDefault();
    event.stopPropagation();
    close?.();
  });
  const outside = (event) => {
    if (!menu.contains(event.target) && event.target !== anchor) close?.();
  };
  close = () => {
    close = null;
    const hadFocus = menu.contains(document.activeElement);
    menu.remove();
    anchor.setAttribute("aria-expanded", "false");
    removeEventListener("pointerdown", outside, true);
    if (hadFocus && anchor.isConnected) anchor.focus();
  };
  addEventListener("pointerdown", outside, true);
  anchor.setAttribute("aria-expanded", "true");
  (anchor.closest("dialog") ?? document.body).append(menu);
  place(menu, anchor);
  menu.querySelector(".menu-item")?.focus();
}

function place(menu, anchor) {
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = at.bottom + 4 + height <= innerHeight;
  menu.style.top = `${Math.max(4, below ? at.bottom + 4 : at.top - height - 4)}px`;
  menu.style.left = `${Math.max(4, Math.min(at.right - width, innerWidth - width - 4))}px`;
}
