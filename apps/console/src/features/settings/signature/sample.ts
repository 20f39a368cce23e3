import type { TFunction } from 'i18next';
import type { Agent } from '@loket/contracts/access.js';
import { cannedValues } from '@loket/contracts/canned-text.js';
import type { SignatureValues } from '@loket/contracts/signature-text.js';

/** What an invented case fills the blanks of a signature with. */
export function sampleValues(
  t: TFunction,
  of: {
    agent: Pick<Agent, 'name' | 'title' | 'phone'>;
    workspaceName: string;
    channelName: string;
  },
): SignatureValues {
  const { agent, workspaceName, channelName } = of;
  return {
    ...cannedValues({
      customerName: t('settings.canned.sample.customer'),
      agentName: agent.name,
      caseNumber: 1042,
      subject: t('settings.canned.sample.subject.id'),
      channelName,
    }),
    'agent.title': agent.title,
    'agent.phone': agent.phone,
    'workspace.name': workspaceName,
  };
}
