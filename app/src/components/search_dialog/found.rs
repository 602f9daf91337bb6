//! What was found, drawn into the dialog. None of it runs on the server.

use wasm_bindgen::JsValue;
use web_sys::Element;

use crate::browser::{append, set};
use crate::view::search::{Piece, SearchGroup, SearchHit, SearchView};

/// The `id` of a hit, by its place among all of them.
pub fn option_id(index: usize) -> String {
    format!("found-{index}")
}

/// Draws the hits as options of the listbox, group by group, in the place of those before.
///
/// # Errors
/// The browser's, for an element that it cannot make.
pub fn draw(list: &Element, found: &SearchView) -> Result<(), JsValue> {
    list.set_text_content(None);
    let mut index = 0;
    for (n, group) in found.groups.iter().enumerate() {
        draw_group(list, n, group, &mut index)?;
    }
    Ok(())
}

fn draw_group(list: &Element, n: usize, group: &SearchGroup, index: &mut usize) -> Result<(), JsValue> {
    let title_id = format!("found-group-{n}");
    let section = append(list, "div", "", "")?;
    set(&section, "role", Some("group"));
    set(&section, "aria-labelledby", Some(&title_id));
    append(&section, "div", "found-title", &group.title)?.set_id(&title_id);
    for hit in &group.hits {
        let option = append(&section, "a", "find-hit", "")?;
        option.set_id(&option_id(*index));
        *index += 1;
        for (name, value) in [("role", "option"), ("href", &hit.href), ("tabindex", "-1")] {
            set(&option, name, Some(value));
        }
        draw_hit(&option, hit)?;
    }
    Ok(())
}

fn draw_hit(option: &Element, hit: &SearchHit) -> Result<(), JsValue> {
    draw_pieces(&append(option, "span", "hit-title", "")?, &hit.title)?;
    if !hit.detail.is_empty() {
        draw_pieces(&append(option, "span", "hit-detail", "")?, &hit.detail)?;
    }
    append(option, "span", "hit-aside", &hit.aside)?;
    if let Some(amount) = &hit.amount {
        append(option, "span", "hit-amount num", amount)?;
    }
    Ok(())
}

fn draw_pieces(within: &Element, pieces: &[Piece]) -> Result<(), JsValue> {
    for piece in pieces {
        match piece.is_hit {
            true => append(within, "mark", "", &piece.text).map(drop)?,
            false => within.append_with_str_1(&piece.text)?,
        }
    }
    Ok(())
}
