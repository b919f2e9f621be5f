//! Follows the changes of a server of the newest era, which tells them only on a stream that was asked for
//! (`subscriptions/listen`). Such streams cannot be resumed: one that ends is asked for again, a few times.

use std::sync::Arc;

use rmcp::model::SubscriptionFilter;
use rmcp::service::{Peer, RoleClient, SubscriptionEnd};
use serde_json::Value;
use tokio::task::AbortHandle;
use tokio::time::{Instant, sleep};

use super::talk::Talk;
use crate::session::retry;

/// Streams in a row that may come to nothing.
const FRUITLESS: u32 = 5;

/// Follows as long as the handle is not aborted. None: the server tells no changes of its tools.
pub(super) fn follow(peer: &Peer<RoleClient>, talk: &Arc<Talk>) -> Option<AbortHandle> {
    let tells =
        talk.mailbox.greeting().pointer("/capabilities/tools/listChanged") == Some(&Value::Bool(true));
    let (peer, talk) = (peer.clone(), Arc::clone(talk));
    tells.then(|| tokio::spawn(async move { listen(&peer, &talk).await }).abort_handle())
}

async fn listen(peer: &Peer<RoleClient>, talk: &Talk) {
    let mut fruitless = 0;
    while fruitless < FRUITLESS && !peer.is_transport_closed() {
        let since = Instant::now();
        let filter = SubscriptionFilter::builder().tools_list_changed().build();
        if let Ok(mut subscription) = peer.listen(filter).await {
            while let Ok(Some(_)) = subscription.next().await {
                fruitless = 0;
                talk.changed.notify_one();
            }
            if matches!(subscription.end(), Some(SubscriptionEnd::Graceful(_))) {
                return;
            }
        }
        fruitless += 1;
        let pause = retry::pause(fruitless, 0, None);
        sleep(pause.saturating_sub(since.elapsed())).await;
    }
}
