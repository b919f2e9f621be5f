//! Words that are in every letter to a support desk, in the languages that write there most: they say nothing of what is asked.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Words, each with blanks around, in small letters.
const EVERYDAY: &str = " \
about above after again against ago all almost already also although always and another any anybody anyone anything anyway \
are aren around asap back because been before being below best between both but came can cannot cant cause come could couldn \
currently day days dear did didn does doesn doing don done down during each either else even ever every everyone everything \
few find first following for from further get gets getting give given goes going gone good got great had has hasn have haven \
having hello help hence her here hers hey hi him his hope how however ill instead into isn issue its itself just keep kind know \
last later least less let like little look looking lot made make making many may maybe mean might more most much must need \
needs never new next nice not nothing now off often okay old once one only onto open other others our ours out over own part \
people per perhaps please point possible pretty problem problems put question questions quite rather really reason regarding \
regards right said same say says see seem seems seen several shall she should shouldn show since some somebody someone something \
soon sorry still stuff such sure take tell than thank thanks that the their theirs them then there these they thing things think \
this those though through thus till time times today together tomorrow too took tried try trying two under unfortunately until \
upon use used using usually very via want wants was wasn way week well went were weren what when where whether which while who \
whole whom whose why will with within without won work working works would wouldn yes yesterday yet you your yours anymore \
meant choose choosing chose chosen quick quickly \
month months year years weeks hour hours minute minutes showing shown shows twice second third already morning afternoon evening sincerely cheers wrote write sent team support customer client company fwd reply urgent \
que por para con una uno los las del como pero más este esta esto está hola gracias favor buenos días tengo puedo puede muy \
nos nuestro porque cuando hay sin sobre también estoy hacer ayuda todo todos ser han \
não uma dos das com mas mais isso obrigado obrigada olá bom boa dia tenho posso pode meu minha nosso quando estou fazer ajuda \
les des une est pas pour dans sur avec qui nous vous mon mes notre votre bonjour merci cordialement avez ont être suis mais plus \
comme cette tout fait peut peux très aussi encore lorsque depuis \
der die das und ist nicht ein eine einen mit für auf den dem von wir ich sie bitte danke hallo guten tag kann können haben hat \
wird werden auch noch wenn aber oder bei nach seit sehr ihre unser mein grüße viele freundlichen \
che non sono con per una della nel alla questo questa grazie ciao buongiorno salve come anche più posso \
het een van niet voor met zijn dat wij graag bedankt hebben kan deze maar ook bij \
";

/// The same, to be found at once: a long message asks for a thousand words while somebody waits.
static KNOWN: LazyLock<HashSet<&str>> = LazyLock::new(|| EVERYDAY.split(' ').collect());

/// Whether a word in small letters is one of them.
pub(super) fn is_everyday(word: &str) -> bool {
    KNOWN.contains(word)
}
