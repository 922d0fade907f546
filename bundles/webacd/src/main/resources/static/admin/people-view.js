/** Who works for a queue and what they must be able to, at first and after a while (WX6, WX1). */

import { html, nothing } from 'tandem/kit';
import { checkField, choiceField, choiceInput, iconButton, idOf, textInput, wrongText } from './fields.js';
import { mark } from './marks.js';
import { LEVEL, MODES, OVERFLOW_AFTER, RANK } from './queue-draft.js';

/** @typedef {import('./fields.js').Form} Form */
/** @typedef {{agent: string, name: string, capacity: number, inbound: boolean, skills: Record<string, number>, webacd: boolean}} Person */

/**
 * @param {Form} form
 * @param {Person[]} people of the site
 */
export function membersView(form, people) {
  const { t, draft } = form;
  const others = people.filter((one) => !draft.members.some((/** @type {any} */ member) => member.agent === one.agent));
  const add = (/** @type {any} */ event) => {
    const chosen = event.target.value;
    event.target.value = '';
    if (chosen) {
      form.change('members', [...draft.members, { agent: chosen, rank: '1' }]);
    }
  };
  return html`<section class="box" aria-labelledby="members">
    <h3 id="members">${t('admin.members')}</h3>
    <p class="lead">${t('admin.members.lead', { ...RANK })}</p>
    ${draft.members.length === 0
      ? html`<p class="none">${t('admin.members.none')}</p>`
      : html`<div class="scroll">
          <table>
            <caption class="sr">
              ${t('admin.members')}
            </caption>
            <thead>
              <tr>
                <th scope="col">${t('admin.agent')}</th>
                <th scope="col">${t('admin.skills')}</th>
                <th scope="col" class="num">${t('admin.rank')}</th>
                <th scope="col"><span class="sr">${t('admin.more')}</span></th>
              </tr>
            </thead>
            <tbody>
              ${draft.members.map((/** @type {any} */ one, /** @type {number} */ i) => memberRow(form, people, one, i))}
            </tbody>
          </table>
        </div>`}
    ${wrongText(form, 'members')}
    <div class="field">
      <label for="add-member">${t('admin.members.add')}</label>
      <select id="add-member" ?disabled=${others.length === 0} @change=${add}>
        <option value="">${others.length === 0 ? t('admin.members.all') : t('admin.members.choose')}</option>
        ${others.map((one) => html`<option value=${one.agent}>${one.name}</option>`)}
      </select>
    </div>
    ${checkField(form, 'pick', { label: t('admin.pick'), hint: t('admin.pick.hint') })}
  </section>`;
}

/**
 * @param {Form} form
 * @param {Person[]} people
 * @param {any} member
 * @param {number} i
 */
function memberRow(form, people, member, i) {
  const { t, draft } = form;
  const person = people.find((one) => one.agent === member.agent);
  const name = person?.name ?? member.agent;
  const skills = Object.entries(person?.skills ?? {});
  return html`<tr data-member=${member.agent}>
    <th scope="row" dir="auto">
      ${name} ${person && !person.inbound ? html`<span class="state warn">${t('admin.agents.out')}</span>` : nothing} ${wrongText(form, `members[${i}].agent`)}
    </th>
    <td class="muted">${skills.length === 0 ? '–' : skills.map(([skill, level]) => `${skill} ${level}`).join(', ')}</td>
    <td class="num">
      ${textInput(form, `members[${i}].rank`, { label: t('admin.rank.of', { name }), bare: true, unit: '1' })} ${wrongText(form, `members[${i}].rank`)}
    </td>
    <td>
      ${iconButton(t('admin.remove.of', { name }), () =>
        form.change('members', draft.members.filter((/** @type {any} */ _, /** @type {number} */ at) => at !== i)),
      )}
    </td>
  </tr>`;
}

/**
 * @param {Form} form
 * @param {string[]} known the site's skills
 */
export function skillsView(form, known) {
  const { t, draft } = form;
  const { required, relax } = draft.skills;
  const modes = { ALL: t('admin.mode.ALL'), BEST: t('admin.mode.BEST') };
  const options = known.map((value) => ({ value, text: value }));
  const without = (/** @type {any[]} */ all, /** @type {number} */ i) => all.filter((_, at) => at !== i);
  const free = known.find((skill) => !required.some((/** @type {any} */ one) => one.skill === skill)) ?? known[0] ?? '';
  return html`<section class="box" aria-labelledby="skills">
    <h3 id="skills">${t('admin.skills')}</h3>
    <p class="lead">${t('admin.skills.lead')}</p>
    ${known.length === 0
      ? html`<p class="hint">${t('admin.skills.none')} <a href="#admin/routing-agents">${t('admin.agents')}</a></p>`
      : html`<ul class="lines">
            ${required.map((/** @type {any} */ one, /** @type {number} */ i) => {
              const path = `skills.required[${i}]`;
              return html`<li>
                ${choiceInput(form, `${path}.skill`, { label: t('admin.skill'), bare: true }, options)}
                <span>${t('admin.level.least')}</span> ${textInput(form, `${path}.level`, { label: t('admin.level.of', { skill: one.skill }), bare: true, unit: '1' })}
                ${iconButton(t('admin.remove.of', { name: one.skill }), () => form.change('skills.required', without(required, i)))}
                ${wrongText(form, `${path}.skill`)} ${wrongText(form, `${path}.level`)}
              </li>`;
            })}
          </ul>
          <div class="doing">
            <button type="button" class="small" ?disabled=${required.length >= 20} @click=${() => form.change('skills.required', [...required, { skill: free, level: '1' }])}>
              ${mark('plus')}${t('admin.skills.ask')}
            </button>
            <span class="hint">${t('admin.level.bounds', { ...LEVEL })}</span>
          </div>`}
    ${required.length === 0
      ? nothing
      : html`${choiceField(form, 'skills.mode', { label: t('admin.mode'), hint: t('admin.mode.hint') }, MODES.map((value) => ({ value, text: modes[/** @type {'ALL'} */ (value)] })))}
          ${relaxation(form, required, relax, without)}`}
  </section>`;
}

/**
 * @param {Form} form
 * @param {any[]} required
 * @param {any[]} relax
 * @param {(all: any[], i: number) => any[]} without
 */
function relaxation(form, required, relax, without) {
  const { t } = form;
  const skills = [{ value: '', text: t('admin.relax.every') }, ...required.map((one) => ({ value: one.skill, text: one.skill }))];
  const last = Number(relax.at(-1)?.afterSeconds ?? 0) || 0;
  return html`<div class="field">
    <span class="label">${t('admin.relax')}</span>
    <span class="hint">${t('admin.relax.lead', { ...OVERFLOW_AFTER })}</span>
    <ul class="lines">
      ${relax.map((_, i) => {
        const path = `skills.relax[${i}]`;
        const number = i + 1;
        return html`<li>
          <span>${t('admin.relax.after')}</span> ${textInput(form, `${path}.afterSeconds`, { label: t('admin.relax.seconds.of', { number }), bare: true, unit: '1' })}
          <span>${t('admin.seconds')}:</span> ${choiceInput(form, `${path}.skill`, { label: t('admin.relax.skill.of', { number }), bare: true }, skills)}
          <span>${t('admin.relax.level')}</span>
          ${textInput(form, `${path}.level`, { label: t('admin.relax.level.of', { number }), bare: true, unit: '1', placeholder: '–' })}
          ${iconButton(t('admin.relax.remove', { number }), () => form.change('skills.relax', without(relax, i)))} ${wrongText(form, `${path}.afterSeconds`)}
          ${wrongText(form, `${path}.skill`)} ${wrongText(form, `${path}.level`)}
        </li>`;
      })}
    </ul>
    <div class="doing">
      <button
        id=${idOf('skills.relax.add')}
        type="button"
        class="small"
        ?disabled=${relax.length >= 20}
        @click=${() => form.change('skills.relax', [...relax, { afterSeconds: String(last + 30), skill: '', level: '' }])}
      >
        ${mark('plus')}${t('admin.relax.add')}
      </button>
    </div>
  </div>`;
}
