//! Companies.

use serde_json::{Value, json};

use super::super::workspace::{Company, Workspace};
use super::{map, tags};

/// A company.
pub(crate) fn full(workspace: &Workspace, company: &Company) -> Value {
    let segment = |segment: &super::super::workspace::Named| json!({"type": "segment", "id": segment.id, "name": segment.name});
    let segments: Vec<Value> = workspace.desk.segments_named(&company.segments).map(segment).collect();
    json!({
        "type": "company",
        "id": company.id,
        "company_id": company.external_id,
        "app_id": workspace.desk.id,
        "name": company.name,
        "plan": company.plan.as_ref().map_or(json!({}), |plan| json!({"type": "plan", "name": plan})),
        "remote_created_at": company.created_at,
        "created_at": company.created_at,
        "updated_at": company.last_request_at,
        "last_request_at": company.last_request_at,
        "size": company.size,
        "website": company.website,
        "industry": company.industry,
        "monthly_spend": company.monthly_spend,
        "session_count": company.session_count,
        "user_count": company.user_count,
        "tags": {"type": "tag.list", "tags": tags(workspace, &company.tags)},
        "segments": {"type": "segment.list", "segments": segments},
        "custom_attributes": map(&company.custom_attributes),
    })
}
