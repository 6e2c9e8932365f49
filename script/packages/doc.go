// Package packages finds the files that pm.require and require inside packages name, in one folder and nowhere
// else: nothing is ever fetched.
//
// The folder holds the scripts of a team and copies of npm packages:
//
//	@team/checks.js              pm.require('@team/checks')
//	@team/checks/index.js        the same, as a folder; a package.json may name another file
//	npm/dayjs@1.11.10/…          pm.require('npm:dayjs@1.11.10'), or 'npm:dayjs' when it is the only version
//	npm/@scope/name@1.0.0/…      pm.require('npm:@scope/name@1.0.0')
//	packages.lock                the hash of each npm package, a line each: npm:dayjs@1.11.10 h1:…
//
// An npm package is refused unless its files hash to what packages.lock says. Files of a package reach each
// other by relative paths, which may not leave it, and other packages by name.
package packages
