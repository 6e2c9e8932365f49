// Package check tells which of an API's credentials is wrong.
//
// What is known of an API stands in a rules file (Parse; Vipps is the built-in one): its values and
// their shapes, the calls that can be made with them, and for each symptom a verdict, what to do and where
// that is known from. A Checker reads given variables by it: first without a network, then with calls that
// create nothing. The Report says what is right, the one thing that is wrong, and what could not be judged;
// the Write functions print it.
//
// The package knows nothing of the process: values, the sender of requests, the clock and the randomness are
// handed in. No value that is given ever stands in a Report, except what Report names: the host, an MSN of
// the right shape, and the first characters of an identifier for the support block.
package check
