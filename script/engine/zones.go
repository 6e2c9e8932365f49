package engine

import _ "time/tzdata" // toLocaleString with a timeZone works on machines without zone files
