//! `list_companies` and `get_company`.

use serde_json::{Value, json};

use super::super::arguments::Arguments;
use super::super::refusal::Refusal;
use super::super::render;
use super::super::workspace::{Company, Workspace};
use super::identifier;

/// One page of companies, or the one with a name or the workspace's own id.
pub(super) fn list(workspace: &mut Workspace, arguments: &Arguments<'_>) -> Result<Value, Refusal> {
    let (name, own_id) = (arguments.text("name"), arguments.text("company_id"));
    if name.is_some() || own_id.is_some() {
        let wanted = |company: &&Company| {
            name.is_none_or(|name| company.name == name)
                && own_id.is_none_or(|id| company.external_id.as_deref() == Some(id))
        };
        let found = workspace.companies.iter().find(wanted).ok_or_else(not_found)?;
        return Ok(render::company::full(workspace, found));
    }
    let found: Vec<&Company> =
        workspace.companies.iter().filter(|company| fits(workspace, company, arguments)).collect();
    let (number, per_page) = (arguments.count("page", 1), arguments.count("per_page", 15));
    let data: Vec<Value> = found
        .iter()
        .skip(number.saturating_sub(1).saturating_mul(per_page))
        .take(per_page)
        .map(|company| render::company::full(workspace, company))
        .collect();
    Ok(json!({
        "type": "list",
        "total_count": found.len(),
        "data": data,
        "pages": numbered(number, per_page, found.len()),
    }))
}

fn fits(workspace: &Workspace, company: &Company, arguments: &Arguments<'_>) -> bool {
    let desk = &workspace.desk;
    let tagged = |id: &str| desk.tags_named(&company.tags).any(|tag| tag.id == id);
    let grouped = |id: &str| desk.segments_named(&company.segments).any(|segment| segment.id == id);
    // Intercom hides companies nobody belongs to.
    company.user_count > 0
        && arguments.text("tag_id").is_none_or(tagged)
        && arguments.text("segment_id").is_none_or(grouped)
}

/// The `pages` object of lists with page numbers.
pub(super) fn numbered(number: usize, per_page: usize, total: usize) -> Value {
    let pages = total.div_ceil(per_page.max(1));
    let next = (number < pages).then(|| json!({"page": number + 1, "per_page": per_page}));
    json!({"type": "pages", "page": number, "per_page": per_page, "total_pages": pages, "next": next})
}

/// One company.
pub(super) fn get(workspace: &mut Workspace, arguments: &Arguments<'_>) -> Result<Value, Refusal> {
    let id = identifier::company(&arguments.identifier("id"));
    let company = workspace.company(&id).ok_or_else(not_found)?;
    Ok(render::company::full(workspace, company))
}

fn not_found() -> Refusal {
    Refusal::rest("company_not_found", "Company Not Found")
}
