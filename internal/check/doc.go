// Package check tells which of an API's credentials is wrong.
//
// What is known of an API stands in a rules file (package rule; Vipps is the built-in one). A check goes through four
// stages, each a value that the next one is given:
//
//	offline   what the values themselves show (package value)
//	online    what calls show: each answer becomes evidence, or is not believed (packages online and evidence)
//	findings  what follows for each value: proved, refuted, or unknown
//	report    lines, one verdict, one thing to do (package report)
//
// The package knows nothing of the process: values, the sender of requests, the clock and the randomness are
// handed in. No value that is given ever stands in a Report, except what report.Report names.
package check
