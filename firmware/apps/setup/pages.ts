import { Page } from "../shared/html";
import { foundNetworks, Network } from "./networks";

const TITLE: string = "Wi-Fi setup";
/** What phones should not do with names and passwords. */
const PLAIN: string = ' autocomplete="off" autocapitalize="off" autocorrect="off" spellcheck="false"';

/** Shows what is typed as a password. */
export const SCRIPT: string = `document.getElementById("show").onchange=function(){
document.getElementById("password").type=this.checked?"text":"password"};`;

/** The page with the form; `name` is what was chosen before, `note` what was wrong with it. */
export function formPage(name: string, note: string): Page {
  const networks = foundNetworks();
  const page = new Page(TITLE).add('<p class="quiet">Which network shall this device join?</p>');
  if (note.length) page.note(note);
  page.add('<form method="post" action="/join"><fieldset><legend>Networks nearby</legend>');
  let isFound = false;
  for (let i = 0; i < networks.length; i++) {
    const isChosen = networks[i].name == name;
    addChoice(page, networks[i], isChosen);
    isFound = isFound || isChosen;
  }
  if (!networks.length) page.add('<p class="quiet">None was found. Type the name of yours.</p>');
  addOther(page, isFound ? "" : name, !networks.length || (name.length > 0 && !isFound));
  return page
    .add('</fieldset><label class="field">Password<input type="password" id="password" name="password" maxlength="64"')
    .add(PLAIN)
    .add('></label><label class="show"><input type="checkbox" id="show">Show it</label>')
    .add(
      '<button>Join</button></form><form method="post" action="/search"><p>Is yours missing? Move the device closer ',
    )
    .add('to it.</p><button class="second">Search again</button></form><script src="/script.js"></script>');
}

function addChoice(page: Page, network: Network, isChosen: bool): void {
  page
    .add('<label class="choice"><input type="radio" name="ssid" value="')
    .text(network.name)
    .add(isChosen ? '" checked><span>' : '"><span>')
    .text(network.name)
    .add(network.isOpen ? "</span><small>open</small>" : "</span>")
    .add('<b class="bars" role="img" aria-label="signal ')
    .add(network.bars.toString())
    .add(' of 4">');
  for (let i = 1; i <= 4; i++) page.add(i <= network.bars ? '<i class="on"></i>' : "<i></i>");
  page.add("</b></label>");
}

function addOther(page: Page, name: string, isChosen: bool): void {
  page
    .add('<label class="choice"><input type="radio" name="ssid" value="')
    .add(isChosen ? '" checked>' : '">')
    .add('<span>Another one</span></label><label class="field">Its name<input name="other" maxlength="32"')
    .add(PLAIN)
    .add(' value="')
    .text(name)
    .add('"></label>');
}

/** The page while the device looks around again. */
export function searchPage(): Page {
  return new Page(TITLE)
    .add('<div class="card"><h2>Searching</h2><p>The device restarts and looks around. Its Wi-Fi is away meanwhile: ')
    .add("join it again in a moment; up to a minute where the device knows a network already.</p></div>");
}

/** The page after all is kept. */
export function savedPage(name: string): Page {
  return new Page(TITLE)
    .add('<div class="card"><h2>Saved</h2><p>The device restarts and joins <strong>')
    .text(name)
    .add("</strong>.</p><p>Go back to that network with your phone. The device is then at its name, ")
    .add("such as <strong>http://microserver.local/</strong>.</p>")
    .add(
      '<p class="quiet">If this Wi-Fi appears again after a minute, join it once more: this page then says why.</p></div>',
    );
}
