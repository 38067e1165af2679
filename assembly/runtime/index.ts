/** The runtime of every app: `--runtime` names this file. */
import "./collector";
