//! The doctor's visit beside the calls: its findings become reports as they come, and its end too. One visit at a time.

use std::sync::Arc;

use tokio::task::AbortHandle;

use super::aside::Aside;
use super::{Done, Task};
use crate::domain::call::Report;
use crate::domain::examination::Finding;
use crate::session::Settings;
use crate::session::doctor::{self, Patient};
use crate::session::wire::Wire;

/// The doctor, and whether one is here.
pub(super) struct Examining {
    patient: Patient,
    findings: Arc<Aside<Finding>>,
    under_way: Option<AbortHandle>,
}

impl Examining {
    pub(super) fn new(settings: &Settings) -> Self {
        let patient = Patient {
            address: settings.address.clone(),
            account: settings.account.clone(),
            limits: settings.limits.clone(),
            tap: settings.tap.clone(),
            memory: settings.memory.clone(),
        };
        Self { patient, findings: Arc::default(), under_way: None }
    }

    /// Waits for a finding.
    pub(super) async fn arrived(&self) {
        self.findings.arrived().await;
    }
}

impl<W: Wire> Task<W> {
    /// Calls the doctor. While one is here, no other comes.
    pub(super) fn examine(&mut self) {
        if self.examining.under_way.is_some() {
            return;
        }
        let patient = self.examining.patient.clone();
        let findings = Arc::clone(&self.examining.findings);
        let visit = self.tasks.spawn(async move {
            doctor::examine(patient, move |finding| findings.put(finding)).await;
            Done::Examined
        });
        self.examining.under_way = Some(visit);
    }

    /// Findings became reports.
    pub(super) fn findings(&mut self) {
        let findings = self.examining.findings.take();
        self.outbox.extend(findings.into_iter().map(|finding| Report::Finding(Box::new(finding))));
    }

    pub(super) fn examined(&mut self) {
        self.findings();
        self.examining.under_way = None;
        self.outbox.push_back(Report::Examined);
    }

    /// A visit that broke off has an end too. False when `task` was none.
    pub(super) fn examining_broke(&mut self, task: tokio::task::Id) -> bool {
        let broke = self.examining.under_way.as_ref().is_some_and(|visit| visit.id() == task);
        if broke {
            self.examined();
        }
        broke
    }

    /// Nobody waits for findings any more.
    pub(super) fn send_doctor_away(&self) {
        if let Some(visit) = &self.examining.under_way {
            visit.abort();
        }
    }
}
