// require('os'): what a browser would answer, since scripts see no machine.

Object.assign(exports, {
  EOL: '\n', endianness: () => 'LE', hostname: () => '', loadavg: () => [], uptime: () => 0,
  freemem: () => Number.MAX_VALUE, totalmem: () => Number.MAX_VALUE, cpus: () => [], type: () => 'Browser',
  release: () => '', networkInterfaces: () => ({}), getNetworkInterfaces: () => ({}), arch: () => 'javascript',
  platform: () => 'browser', tmpdir: () => '/tmp', tmpDir: () => '/tmp', homedir: () => '/',
});
