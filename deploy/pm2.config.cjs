// PM2, for one machine: pm2 start deploy/pm2.config.cjs
//
// One node with its embedded database. With DATABASE_URL and REDIS_URL, `instances` may be raised: each gets the next
// port, and a proxy such as deploy/nginx.conf leads to all of them. PM2's own cluster mode is not for sockets that poll.
const path = require('node:path');

module.exports = {
  apps: [
    {
      name: 'atrium',
      cwd: path.resolve(__dirname, '..'),
      script: 'scripts/run.mjs',
      args: 'start',
      exec_mode: 'fork',
      instances: 1,
      increment_var: 'PORT',
      env: { NODE_ENV: 'production', PORT: 3000 },
      // An orderly end takes at most 15 s.
      kill_timeout: 20_000,
      // A setting that cannot be used does not get better by itself.
      stop_exit_codes: [0, 78],
      exp_backoff_restart_delay: 500,
    },
  ],
};
