// Package lint finds what is wrong with a collection before a request is sent: variables that nobody sets,
// scripts that do not parse, tests that cannot fail, credentials in clear text.
//
// Rules are values of one table, which the documentation is made of as well. A rule looks at the model that
// package collection made, at the data flow of scripts that package script/flow found, and at the text of the
// files, and gives findings; a finding knows where it stands, what to do, and sometimes how to fix it. Nothing is
// run and nothing is fetched.
package lint
