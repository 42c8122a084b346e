// Builds the served style sheets and script into src/opennrm/web/static/opennrm, with licences and a manifest.
import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

import * as esbuild from 'esbuild'
import { transform } from 'lightningcss'
import { PurgeCSS } from 'purgecss'
import rtlcss from 'rtlcss'
import * as sass from 'sass'

const here = dirname(fileURLToPath(import.meta.url))
const web = resolve(here, '../src/opennrm/web')
const out = join(web, 'static/opennrm')
const modules = join(here, 'node_modules')
const mojFolder = join(modules, '@ministryofjustice/frontend/moj')

const partial = (path) => join(dirname(path), `_${path.split('/').pop()}.scss`)

// MoJ's sheets set up GOV.UK Frontend a second time; this sends them to our own set-up instead.
const moj = {
  canonicalize (url) {
    const known = /^moj:\/\/frontend\/(components|settings|vendor\/govuk-frontend$)/
    return known.test(url) ? new URL(url) : null
  },
  load (url) {
    if (url.pathname.startsWith('/vendor/')) {
      return { contents: '@forward "vendor";', syntax: 'scss' }
    }
    const contents = readFileSync(partial(join(mojFolder, url.pathname)), 'utf8')
    return { contents, syntax: 'scss' }
  }
}

const compiled = sass.compile(join(here, 'src/opennrm.scss'), {
  importers: [moj],
  loadPaths: [join(here, 'src'), modules],
  silenceDeprecations: ['import'],
  style: 'expanded'
})

const components = [...readFileSync(join(here, 'src/opennrm.scss'), 'utf8')
  .matchAll(/govuk\/components\/([a-z-]+)"/g)].map((match) => match[1])
const purged = await new PurgeCSS().purge({
  content: [
    join(web, '**/*.html'),
    join(web, '**/*.py'),
    join(here, 'src/**/*.mjs'),
    ...components.map((name) => join(modules, `govuk-frontend/dist/govuk/components/${name}/*.{njk,mjs}`))
  ],
  css: [{ raw: compiled.css }],
  safelist: ['govuk-frontend-supported', 'js-enabled', /^govuk-generic-header/, /^nrm-/, /^govuk-table/]
})
const sheet = purged[0].css

function minified (css) {
  const result = transform({ filename: 'opennrm.css', code: Buffer.from(css), minify: true, errorRecovery: true })
  return Buffer.concat([result.code, Buffer.from('\n')])
}

mkdirSync(join(out, 'licences'), { recursive: true })
writeFileSync(join(out, 'opennrm.css'), minified(sheet))
writeFileSync(join(out, 'opennrm-rtl.css'), minified(rtlcss.process(sheet)))

for (const name of ['opennrm', 'device']) await esbuild.build({
  bundle: true,
  entryPoints: [join(here, `src/${name}.mjs`)],
  format: 'esm',
  legalComments: 'none',
  minify: true,
  nodePaths: [modules],
  outfile: join(out, `${name}.js`),
  target: ['es2020']
})
copyFileSync(join(here, 'src/icon.svg'), join(out, 'icon.svg'))
copyFileSync(join(here, 'src/worker.js'), join(out, 'worker.js'))
copyFileSync(join(here, 'licences/govuk-frontend.txt'), join(out, 'licences/govuk-frontend.txt'))
copyFileSync(join(here, 'licences/ministryofjustice-frontend.txt'), join(out, 'licences/ministryofjustice-frontend.txt'))

// The web server sends these to browsers that take them, which is all of them.
const compressed = ['opennrm.css', 'opennrm-rtl.css', 'opennrm.js', 'device.js']
for (const name of compressed) {
  writeFileSync(join(out, `${name}.gz`), gzipSync(readFileSync(join(out, name)), { level: 9 }))
}

const version = (name) => JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8')).version
const files = [...compressed, 'icon.svg', 'worker.js', ...compressed.map((name) => `${name}.gz`),
  ...readdirSync(join(out, 'licences')).sort().map((name) => `licences/${name}`)]
const manifest = {
  built_from: {
    'govuk-frontend': version('govuk-frontend'),
    '@ministryofjustice/frontend': version('@ministryofjustice/frontend')
  },
  sha256: Object.fromEntries(files.map((name) => [
    name, createHash('sha256').update(readFileSync(join(out, name))).digest('hex')
  ]))
}
writeFileSync(join(out, 'manifest.json'), JSON.stringify(manifest, null, 2) + '\n')
for (const name of files.slice(0, 10)) {
  console.log(name, readFileSync(join(out, name)).length)
}
